import Synchronization
import TCCore
import TCStore

/// One server, alone or of a cluster, and the connections to it that requests share.
final class RedisNode: RedisRoute {
    let address: RedisAddress
    private let connections: [RedisConnection]
    private let turn = Atomic(0)

    init(_ address: RedisAddress, options: CacheOptions, seams: Seams) throws {
        self.address = address
        connections = try (0..<max(1, options.connections)).map { _ in
            try RedisConnection(address, options: options, seams: seams)
        }
    }

    /// Whether requests are taken, as far as is known: true too where none was made yet.
    var isUp: Bool { connections.contains(where: \.isUp) }

    /// Sends one request, once. Throws what `RedisConnection.send` throws.
    func attempt(
        asking: Bool = false, _ request: (inout RESPWriter) -> Void
    ) async throws -> RedisReply {
        try await connection().send(asking: asking, request)
    }

    /// A connection by turns, passing over those that are down.
    private func connection() throws(TCError) -> RedisConnection {
        let first = turn.wrappingAdd(1, ordering: .relaxed).oldValue
        let turns = (0..<connections.count).lazy.map { [connections] in
            connections[(first &+ $0) & .max % connections.count]
        }
        let connection = turns.first(where: \.isUp) ?? connections[0]
        try connection.start()
        return connection
    }

    // MARK: RedisRoute

    var name: String { address.name }

    func groups(_ keys: [String]) -> [[String]] { keys.isEmpty ? [] : [keys] }

    func send(
        for key: String, repeats: Bool, _ request: (inout RESPWriter) -> Void
    ) async throws -> RedisReply {
        do { return try await attempt(request) } catch let loss as RedisLoss { throw loss.error }
    }

    func publish(
        _ channel: String, _ request: (inout RESPWriter) -> Void
    ) async throws -> RedisReply {
        try await send(for: channel, repeats: false, request)
    }

    func check() async throws -> [RedisReply] {
        var replies: [RedisReply] = []
        for connection in connections {
            try connection.start()
            do {
                let reply = try await connection.send { request in
                    request.begin(1)
                    request.word("PING")
                }
                replies.append(reply)
            } catch let loss as RedisLoss { throw loss.error }
        }
        return replies
    }

    func stop() {
        for connection in connections { connection.stop() }
    }

    func close() async {
        for connection in connections { await connection.close() }
    }
}
