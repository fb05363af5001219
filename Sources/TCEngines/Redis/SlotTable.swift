import TCCore
import TCStore

/// Which node of a cluster has which slot, as one of its nodes told it.
struct SlotTable: Sendable {
    /// So many nodes may a cluster have: what its specification recommends as the most.
    static let mostNodes = 1000

    /// Each node once, in no particular order.
    private(set) var nodes: [RedisEndpoint] = []
    private var places: [RedisEndpoint: Int] = [:]
    /// Those that have a slot.
    private(set) var owners: Set<RedisEndpoint> = []
    /// By slot, the place of its node among `nodes`; -1 where nobody has it.
    private var owner = [Int16](repeating: -1, count: CacheKey.slots)

    /// A table that knows nothing.
    init() {}

    /// Reads the answer to `CLUSTER SLOTS`: a list of ranges, each with its first and last slot, the
    /// node that has it and that node's replicas, by host and port. `host` is who answered: a node
    /// that does not know its own address tells none.
    ///
    /// - Throws: `unavailable` for what is no such list, or tells of no slot at all, as a node does that
    ///   belongs to no cluster yet.
    init(_ reply: CacheReply, from host: String) throws {
        guard case .list(let ranges) = reply else { throw SlotTable.unreadable }
        for range in ranges {
            guard case .list(let words) = range, words.count >= 3,
                case .integer(let first) = words[0], case .integer(let last) = words[1],
                first >= 0, first <= last, last < CacheKey.slots
            else { throw SlotTable.unreadable }
            for (number, node) in words[2...].enumerated() {
                guard let endpoint = try SlotTable.endpoint(node, host) else { continue }
                let place = try place(of: endpoint)
                guard number == 0 else { continue }
                owners.insert(endpoint)
                for slot in first...last { owner[Int(slot)] = Int16(place) }
            }
        }
        guard !owners.isEmpty else {
            throw TCError(.unavailable, "knows of no node that has a slot")
        }
    }

    /// The place among `nodes` of the one that has `slot`.
    subscript(slot: Int) -> Int? { owner[slot] < 0 ? nil : Int(owner[slot]) }

    /// Notes that `endpoint` has `slot`, and returns its place.
    mutating func assign(_ slot: Int, to endpoint: RedisEndpoint) throws {
        owner[slot] = Int16(try place(of: endpoint))
        owners.insert(endpoint)
    }

    /// The place of `endpoint`, which is added where it is new.
    private mutating func place(of endpoint: RedisEndpoint) throws -> Int {
        if let place = places[endpoint] { return place }
        guard nodes.count < SlotTable.mostNodes else {
            throw TCError(.unavailable, "names more than \(SlotTable.mostNodes) nodes")
        }
        nodes.append(endpoint)
        places[endpoint] = nodes.count - 1
        return nodes.count - 1
    }

    private static func endpoint(_ reply: CacheReply, _ answerer: String) throws -> RedisEndpoint? {
        guard case .list(let words) = reply, words.count >= 2, case .integer(let port) = words[1]
        else { throw unreadable }
        switch words[0] {
        case .null, .bytes([]): return RedisEndpoint(host: answerer, port: port)
        case .bytes(let host):
            return RedisEndpoint(host: String(decoding: host, as: UTF8.self), port: port)
        default: throw unreadable
        }
    }

    private static let unreadable = TCError(
        .unavailable, "answered CLUSTER SLOTS with what is no map of slots")
}
