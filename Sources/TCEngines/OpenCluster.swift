import TCCore
import TCStore

/// The cluster that `url` names: what `openDatabase` opens, alone, or a PostgreSQL primary and its
/// replicas, `postgres://USER:PASSWORD@HOST:PORT/DATABASE?replicas=HOST:PORT,HOST:PORT`.
///
/// Any of the servers may be the primary, or become it; they share all else that the URL says. The user
/// should have the role `pg_monitor`: else it is not seen at once that a replica follows a promoted
/// server, and that replica is not used before its next checkpoint.
///
/// Nothing is opened yet. A URL that cannot be used is an error of kind `configuration`.
public func openCluster(
    url: String, seams: Seams, options: DatabaseOptions = DatabaseOptions()
) throws(TCError) -> any DatabaseCluster {
    if url.hasPrefix("postgres"), PostgresURL.replicas(in: url) != nil {
        let libpq = try LibPQ.load()
        return try PostgresCluster(
            PostgresURL.members(url, libpq), libpq, seams: seams, options: options)
    }
    return SingleDatabase(try openDatabase(url: url, seams: seams, options: options))
}
