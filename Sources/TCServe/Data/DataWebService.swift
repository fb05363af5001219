import TCCore
import TCData

/// The data service behind HTTP: `tc serve data`.
///
/// ```swift
/// let service = DataWebService.make(data, keys: keys, metrics: metrics, log: log) {
///     await cluster.close()
/// }
/// ```
public enum DataWebService {
    /// A route for each table, query and statement of the catalogue that callers with some role may
    /// use.
    ///
    /// - Parameters:
    ///   - keys: prove who asks; read again and again.
    ///   - metrics: where the cache's hits are shown; those of the server.
    ///   - check: throws where the database does not answer.
    ///   - close: puts the engines of `data` away.
    public static func make(
        _ data: DataService, keys: PublishedKeys, metrics: Metrics, log: ServerLog,
        check: @escaping @Sendable () async throws -> Void,
        close: @escaping @Sendable () async -> Void = {}
    ) -> WebService {
        var work = [keys.work("data-keys", log)]
        if let cache = data.cache {
            show(cache, in: metrics)
            work.append(BackgroundWork("data-cache") { try await hear(cache) })
        }
        return WebService(
            "data", routes: DataRoutes(data: data).all,
            checks: [HealthCheck("database", run: check), keys.check],
            work: work, authenticator: keys, close: close)
    }

    /// Hears of other nodes' changes; a cache that works alone hears of none.
    private static func hear(_ cache: ReadCache) async throws {
        await cache.run()
        while true { try await Task.sleep(for: .seconds(3600)) }
    }

    private static func show(_ cache: ReadCache, in metrics: Metrics) {
        let name = "data_cache_reads_total"
        let help = "Reads by who answered: this process, the shared cache, or the database."
        metrics.reading(name, help, [("from", "l1")], onlyGrows: true) {
            Double(cache.statistics.localHits)
        }
        metrics.reading(name, help, [("from", "l2")], onlyGrows: true) {
            Double(cache.statistics.sharedHits)
        }
        metrics.reading(name, help, [("from", "database")], onlyGrows: true) {
            Double(cache.statistics.misses)
        }
        metrics.reading("data_cache_entries", "Answers that this process keeps.") {
            Double(cache.statistics.localEntries)
        }
        metrics.reading(
            "data_cache_refused_total", "Answers that were not kept, since a change was going on.",
            onlyGrows: true
        ) { Double(cache.statistics.fillsRefused) }
    }
}
