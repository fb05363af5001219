import Glibc
import TCCore
import TCStore
import Testing

@testable import TCEngines

/// Replies that no honest server sends, and addresses that nobody should write.
@Suite("redis replies") struct RedisReaderTests {
    private func read(_ text: String, mostBytes: Int = 1000) throws -> [RedisReply] {
        try read(Array(text.utf8), piece: .max, mostBytes: mostBytes)
    }

    private func read(_ bytes: [UInt8], piece: Int, mostBytes: Int = 1000) throws -> [RedisReply] {
        let reader = try RedisReader(mostBytes: mostBytes)
        var replies: [RedisReply] = []
        try bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                try reader.feed(UnsafeRawBufferPointer(rebasing: rest.prefix(piece)), to: &replies)
                rest = rest.dropFirst(piece)
            }
        }
        return replies
    }

    private static let wire =
        "+OK\r\n:-42\r\n$-1\r\n$5\r\na\r\n\0b\r\n*3\r\n:1\r\n*0\r\n$0\r\n\r\n-NOSCRIPT no such\r\n*-1\r\n"
    private static let replies: [RedisReply] = [
        .success(.bytes(Array("OK".utf8))), .success(.integer(-42)), .success(.null),
        .success(.bytes(Array("a\r\n\0b".utf8))),
        .success(.list([.integer(1), .list([]), .bytes([])])),
        .failure(RedisServerError(code: "NOSCRIPT")), .success(.null),
    ]

    @Test("replies of every kind are read, in pieces of every size", arguments: 1...90)
    func pieces(_ piece: Int) throws {
        #expect(try read(Array(Self.wire.utf8), piece: piece) == Self.replies)
    }

    @Test(
        "an error within a list is the reply's, and only a code is passed on",
        arguments: [
            ("*2\r\n:1\r\n-OOM key secret\r\n", "OOM"), ("-\r\n", "ERR"),
            ("-lower case\r\n", "ERR"),
            ("-\(String(repeating: "A", count: 99))\r\n", "ERR"), ("-WRONGTYPE\r\n", "WRONGTYPE"),
        ])
    func errors(_ text: String, _ code: String) throws {
        #expect(try read(text) == [.failure(RedisServerError(code: code))])
    }

    @Test(
        "what claims too much is refused before room is made for it",
        arguments: ["*2147483647\r\n", "*65537\r\n", "*65000\r\n*65000\r\n", "*1\r\n*65536\r\n"])
    func claims(_ text: String) {
        let error = #expect(throws: TCError.self) { _ = try read(text) }
        #expect(error?.kind == .unavailable)
    }

    @Test("as many elements as may be are read, reply after reply")
    func manyElements() throws {
        let reply = "*65536\r\n" + String(repeating: ":1\r\n", count: 65_536)
        #expect(try read(reply + reply, mostBytes: 1 << 20).count == 2)
    }

    @Test(
        "what is no reply is refused",
        arguments: [
            "HTTP/1.1 400 Bad Request\r\n\r\n", "\0\0\0\0", "$5\r\nabcdefgh\r\n", ":12x\r\n",
            "$-7\r\n",
            "*-7\r\n", "$99999999999999999999\r\n", "*99999999999999999999\r\n",
            String(repeating: "*1\r\n", count: 20) + ":1\r\n",
        ])
    func hostile(_ text: String) {
        let error = #expect(throws: TCError.self) {
            // hiredis may want a second look to see a length that does not end.
            _ = try read(text + String(repeating: "x", count: 2000))
        }
        #expect(error?.kind == .unavailable)
    }

    @Test("a reply longer than the limit is refused, many short ones are not")
    func tooLong() throws {
        #expect(throws: TCError.self) {
            let reply = "$5000\r\n\(String(repeating: "x", count: 5000))\r\n"
            _ = try read(Array(reply.utf8), piece: 100)
        }
        let many = String(repeating: ":1\r\n", count: 10_000)
        #expect(try read(Array(many.utf8), piece: 999).count == 10_000)
        let endless = [UInt8](repeating: UInt8(ascii: "9"), count: 100_000)
        #expect(throws: TCError.self) { _ = try read(Array(":".utf8) + endless, piece: 100) }
    }

    @Test("no change of bytes on the wire makes it crash", arguments: 0..<4)
    func mutated(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var refused = 0
        for _ in 0..<2000 {
            var bytes = Array(Self.wire.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = .random(in: 0...255, using: &random)
                case 1:
                    bytes.insert(Array("*$:-9\r\n".utf8).randomElement(using: &random)!, at: place)
                default: bytes.remove(at: place)
                }
            }
            do { _ = try read(bytes, piece: .random(in: 1...100, using: &random)) } catch {
                #expect((error as? TCError)?.kind == .unavailable)
                refused += 1
            }
        }
        #expect(refused > 0)
    }

    @Test(
        "a peer that is no Redis makes calls fail, not crash",
        arguments: [
            "SSH-2.0-OpenSSH_9.2\r\n", "*2000000000\r\n", ":1\r\n:1\r\n:1\r\n:1\r\n",
            "+PONG\r\n+PONG\r\n",
        ])
    func impostor(_ greeting: String) async throws {
        let peer = try Impostor(greeting)
        var options = CacheOptions()
        options.timeout = .seconds(1)
        let cache = try openCache(
            url: "redis://127.0.0.1:\(peer.port)", seams: .forTests, options: options)
        #expect(await failure { try await cache.get("key") }?.kind == .unavailable)
        await cache.close()
    }

    @Test("URLs say where a server is and who asks")
    func addresses() throws {
        let plain = try RedisAddress(url: "redis://cache.example")
        #expect(plain.host == "cache.example" && plain.port == 6379 && plain.database == 0)
        #expect(plain.user.isEmpty && plain.password == nil)
        let full = try RedisAddress(url: "redis://us%65r:p%3A%40ss@[::1]:7000/12")
        #expect(full.host == "::1" && full.port == 7000 && full.database == 12)
        #expect(full.user == "user" && full.password == "p:@ss")
        #expect(full.name == "redis at [::1]:7000")
        #expect(try RedisAddress(url: "redis://:a:b@host/").password == "a:b")
    }

    @Test("URLs of clusters name some nodes, which know the same users")
    func clusterAddresses() throws {
        let nodes = try RedisAddress.cluster(url: "redis-cluster://us%65r:p@a:7000,[::1]:7001,b/0")
        #expect(nodes.map(\.host) == ["a", "::1", "b"])
        #expect(nodes.map(\.port) == [7000, 7001, 6379])
        #expect(nodes.allSatisfy { $0.user == "user" && $0.password == "p" && $0.database == 0 })
    }

    @Test(
        "where a node sends a request on is read, and anything else is no such place",
        arguments: [
            ("MOVED 3999 127.0.0.1:6381", "127.0.0.1:6381"), ("ASK 1 ::1:6381", "::1:6381"),
            ("MOVED 0 :7000", "answerer:7000"), ("MOVED 16384 a:1", nil), ("MOVED 1 a:0", nil),
            ("MOVED 1 a", nil), ("MOVED 1 ?:7000", nil), ("ASK", nil), ("OOM 1 a:1", nil),
        ] as [(String, String?)])
    func redirections(_ text: String, _ place: String?) throws {
        guard case .failure(let error)? = try read("-\(text)\r\n").first else {
            Issue.record("it is an error")
            return
        }
        let endpoint = error.target?.endpoint(from: "answerer")
        #expect(endpoint.map { "\($0.host):\($0.port)" } == place)
    }

    @Test("a map of slots is read, and what is none is refused")
    func slotTables() throws {
        func node(_ host: CacheReply, _ port: Int64) -> CacheReply {
            .list([host, .integer(port), .bytes(.init(text: "id")), .list([])])
        }
        let (a, b) = (node(.bytes(.init(text: "a")), 1), node(.null, 2))
        let table = try SlotTable(
            .list([
                .list([.integer(0), .integer(99), a, b]),
                .list([.integer(200), .integer(16_383), b, a]),
            ]), from: "answerer")
        #expect(Set(table.nodes.map(\.host)) == ["a", "answerer"] && table.owners.count == 2)
        #expect(table[0].map { table.nodes[$0].host } == "a" && table[99] == table[0])
        #expect(table[100] == nil && table[199] == nil)
        #expect(table[16_383].map { table.nodes[$0].host } == "answerer")
        let wrong: [CacheReply] = [
            .null, .list([]), .list([.integer(1)]),
            .list([.list([.integer(-1), .integer(5), a])]),
            .list([.list([.integer(0), .integer(16_384), a])]),
            .list([.list([.integer(9), .integer(5), a])]),
            .list([.list([.integer(0), .integer(5), .list([])])]),
            .list((0..<1001).map { .list([.integer(0), .integer(0), node(.null, $0 + 1)]) }),
        ]
        for reply in wrong {
            #expect(throws: TCError.self) { try SlotTable(reply, from: "answerer") }
        }
    }

    @Test(
        "URLs that cannot be used are configuration errors that show no password",
        arguments: [
            "redis:", "redis://", "redis://:6379", "redis://host:0", "redis://host:65536",
            "redis://host:x", "redis://host/-1", "redis://host/x", "redis://host/0/1",
            "redis://[::1", "redis://[::1]x", "redis://hunter2@host", "redis://user:@host",
            "redis://:hunter2%4@host", "redis://:hunter2%zz@host", "redis://:%FFhunter2@host",
            "redis://:hunter2@host?x=1", "redis://:hunter2#@host", "rediss://:hunter2@host",
            "redis+tls://:hunter2@host", "redish://host", "redis-cluster://:hunter2@a,,b",
            "redis-cluster://:hunter2@a,b/1", "redis-cluster://:hunter2@a:0,b", "redis-cluster:",
            "rediss-cluster://:hunter2@a",
            "memory", "memory:x", "", "postgres://:hunter2@host",
        ])
    func wrongAddresses(_ url: String) {
        let error = #expect(throws: TCError.self) { try openCache(url: url, seams: .forTests) }
        #expect(error?.kind == .configuration)
        #expect("\(error, default: "")".contains("hunter2") == false)
    }
}

/// Listens, says one thing to whoever comes, and keeps the connection open.
private final class Impostor: Sendable {
    let port: Int32
    private let socket: Int32

    init(_ greeting: String) throws {
        let listener = RedisServer.socket()
        let status = RedisServer.onLoopback(0) { bind(listener, $0, $1) }
        try #require(status == 0 && listen(listener, 8) == 0)
        port = RedisServer.port(of: listener)
        socket = listener
        // Ends when the listening socket is shut down.
        try Workers.detach {
            while true {
                let peer = accept(listener, nil, nil)
                guard peer >= 0 else { return }
                send(peer, greeting, greeting.utf8.count, Int32(MSG_NOSIGNAL))
            }
        }
    }

    deinit {
        shutdown(socket, Int32(SHUT_RDWR))
        close(socket)
    }
}
