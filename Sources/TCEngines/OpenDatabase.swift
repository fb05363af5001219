import TCCore
import TCStore

/// The database that `url` names: `sqlite:PATH`, `sqlite::memory:` for one that lasts as long as it
/// is open, or `postgres://USER:PASSWORD@HOST:PORT/DATABASE?…` with libpq's parameters.
///
/// Nothing is opened yet: what stands in the way of using it is told by the first call, `check`
/// for one. A URL that cannot be used is an error of kind `configuration`.
public func openDatabase(
    url: String, seams: Seams, options: DatabaseOptions = DatabaseOptions()
) throws(TCError) -> any Database {
    let scheme = url.prefix { $0 != ":" }
    let rest = String(url.dropFirst(scheme.count + 1))
    switch scheme {
    case "sqlite":
        guard !rest.isEmpty, !rest.utf8.contains(0) else {
            throw TCError(
                .configuration, "the database URL '\(url)' must name a file",
                hint: "write sqlite:PATH")
        }
        return try SQLiteDatabase(path: rest, seams: seams, options: options)
    case "postgres", "postgresql":
        let libpq = try LibPQ.load()
        return try PostgresDatabase(
            PostgresURL(url, libpq), libpq, seams: seams, options: options)
    default:
        // The whole URL may carry a password.
        throw TCError(
            .configuration,
            "a database URL must begin with 'sqlite:' or 'postgres:', not '\(scheme):'")
    }
}
