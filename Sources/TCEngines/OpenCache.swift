import TCCore
import TCStore

/// Opens the cache that `url` names: `memory:`, `redis://[user:password@]host[:port][/database]`, or
/// `redis-cluster://[user:password@]host[:port],…` with some nodes of a cluster.
///
/// A server is connected to by the first call that needs it: opening one that is down succeeds.
///
/// - Throws: `configuration` for a URL that cannot be used or options that contradict each other. The
///   message does not show the URL, which may hold a password.
public func openCache(
    url: String, seams: Seams, options: CacheOptions = CacheOptions()
) throws -> any Cache {
    if url == "memory:" { return try MemoryCache(seams: seams, options: options) }
    if url.hasPrefix("redis-cluster:") {
        return try RedisCache(
            cluster: RedisAddress.cluster(url: url), seams: seams, options: options)
    }
    if url.hasPrefix("redis") {
        return try RedisCache(RedisAddress(url: url), seams: seams, options: options)
    }
    throw TCError(
        .configuration, "the URL of the cache names no engine that there is",
        hint: "memory:, redis://host:6379/0 or redis-cluster://host:6379,host:6380")
}
