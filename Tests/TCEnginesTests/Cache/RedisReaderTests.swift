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

    @Test(
        "URLs that cannot be used are configuration errors that show no password",
        arguments: [
            "redis:", "redis://", "redis://:6379", "redis://host:0", "redis://host:65536",
            "redis://host:x", "redis://host/-1", "redis://host/x", "redis://host/0/1",
            "redis://[::1", "redis://[::1]x", "redis://hunter2@host", "redis://user:@host",
            "redis://:hunter2%4@host", "redis://:hunter2%zz@host", "redis://:%FFhunter2@host",
            "redis://:hunter2@host?x=1", "redis://:hunter2#@host", "rediss://:hunter2@host",
            "redis+tls://:hunter2@host", "redis-cluster://:hunter2@a,b", "redish://host",
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
