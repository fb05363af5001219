import TCCore
import TCCrypto
import TCStore

/// The second level: entries in the cache that all nodes share, each in one of many sets of sixteen.
///
/// How many there are is bounded by how many sets there are. A set lists its entries by the order in
/// which they were put there; a seventeenth takes the place of the first. So the limit holds without
/// counting over nodes, but for entries that are just being replaced, or whose writer died between its
/// two steps and that then stay until they expire. An even spread fills all sets alike.
///
/// Set and entry share a slot, and sets spread over the slots of a cluster.
struct SharedEntries: Sendable {
    static let ways = 16

    let cache: any Cache
    private let space: String
    private let sets: UInt64
    private let expiry: Duration

    init(_ cache: any Cache, options: ReadCacheOptions) {
        self.cache = cache
        space = options.space
        sets = UInt64(max(1, options.sharedEntries / SharedEntries.ways))
        expiry = options.mostAge
    }

    func get(_ key: String) async throws -> SharedEntry? {
        try await cache.get(place(key).entry).flatMap { SharedEntry($0) }
    }

    func put(_ key: String, _ entry: SharedEntry, expiresAfter: Duration) async throws {
        let place = place(key)
        let reply = try await cache.run(
            SharedEntries.script, keys: [place.entry, place.set],
            arguments: [
                .bytes(place.id), .bytes(entry.bytes), .integer(expiresAfter.milliseconds),
                .integer(expiry.milliseconds), .integer(Int64(SharedEntries.ways)),
            ])
        // Not in the same step, since a script names all its keys before it runs.
        if case .bytes(let loser) = reply {
            _ = try await cache.delete([entryKey(loser, in: place.name)])
        }
    }

    /// - Returns: the id of the entry within its set (16 bytes), the set's name, and the keys of both.
    private func place(_ key: String) -> (id: [UInt8], name: String, entry: String, set: String) {
        let id = Array(Digest.sha256.hash(Array(key.utf8))[..<16])
        var number: UInt64 = 0
        for byte in id[..<8] { number = number << 8 | UInt64(byte) }
        let name = "\(space):{\(number % sets)}:"
        return (id, name, entryKey(id, in: name), name + "set")
    }

    private func entryKey(_ id: [UInt8], in set: String) -> String { set + Hex.text(id) }

    /// Puts an entry into its set and answers with the id of the one that must go, or nothing.
    static let script = CacheScript(
        "read-entry",
        lua: """
            redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
            local set, kept, loser = redis.call('GET', KEYS[2]) or '', {}, false
            for at = 1, #set, 16 do
                local id = set:sub(at, at + 15)
                if id ~= ARGV[1] then kept[#kept + 1] = id end
            end
            if #kept >= tonumber(ARGV[5]) then loser = table.remove(kept, 1) end
            kept[#kept + 1] = ARGV[1]
            redis.call('SET', KEYS[2], table.concat(kept), 'PX', ARGV[4])
            return loser
            """
    ) { store, keys, arguments in
        let id = arguments[0].bytes
        let (expiry, setExpiry) = (try arguments[2].integer, try arguments[3].integer)
        let set = store.get(keys[1]) ?? []
        var kept = stride(from: 0, to: set.count, by: 16).map { set[$0..<($0 + 16)] }
            .filter { !$0.elementsEqual(id) }
        let isFull = kept.count >= Int(try arguments[4].integer)
        let loser = isFull ? kept.removeFirst() : nil
        try store.set(keys[0], arguments[1].bytes, expiresAfter: .milliseconds(expiry))
        try store.set(
            keys[1], Array((kept + [id[...]]).joined()), expiresAfter: .milliseconds(setExpiry))
        return loser.map { .bytes(Array($0)) } ?? .null
    }
}
