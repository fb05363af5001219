import TCCore
import TCData

/// The data service behind HTTP: `tc serve data`.
///
/// ```swift
/// let service = DataWebService.make(data, keys: keys, log: log) { await cluster.close() }
/// ```
public enum DataWebService {
    /// A route for each table, query and statement of the catalogue that callers with some role may
    /// use.
    ///
    /// - Parameters:
    ///   - keys: prove who asks; read again and again.
    ///   - check: throws where the database does not answer.
    ///   - close: puts the engines of `data` away.
    public static func make(
        _ data: DataService, keys: PublishedKeys, log: ServerLog,
        check: @escaping @Sendable () async throws -> Void,
        close: @escaping @Sendable () async -> Void = {}
    ) -> WebService {
        WebService(
            "data", routes: DataRoutes(data: data).all,
            checks: [HealthCheck("database", run: check), keys.check],
            work: [keys.work("data-keys", log)], authenticator: keys, close: close)
    }
}
