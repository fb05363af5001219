import Glibc
import Synchronization
import TCCore
import TCEngines
import TCStore
import Testing

/// The engines that one body of tests runs against.
enum CacheEngine: String, CaseIterable, CustomTestStringConvertible {
    case memory, redis, cluster

    /// Redis where the run has started one, and a cluster where there is what to start it with.
    static var available: [CacheEngine] {
        [.memory] + (sharedRedis == nil ? [] : [.redis])
            + (RedisClusterServers.isInstalled ? [.cluster] : [])
    }

    static var sharedRedis: String? { getenv("TC_TEST_REDIS").map { String(cString: $0) } }

    var testDescription: String { rawValue }

    /// A cache on this engine that no other test's keys can meet, as `key` names them.
    func open(_ options: CacheOptions = CacheOptions()) throws -> any Cache {
        var options = options
        // Nothing that goes through here is about time-outs, and the machine may be busy.
        options.timeout = .seconds(20)
        return try openCache(url: url(), seams: .forTests, options: options)
    }

    private func url() throws -> String {
        switch self {
        case .memory: "memory:"
        case .redis: CacheEngine.sharedRedis!
        case .cluster: try RedisClusterServers.shared.get().url()
        }
    }

    /// Opens a cache, lets `body` use it and closes it.
    func use(
        _ options: CacheOptions = CacheOptions(), _ body: (any Cache) async throws -> Void
    ) async throws {
        let cache = try open(options)
        do { try await body(cache) } catch {
            await cache.close()
            throw error
        }
        await cache.close()
    }
}

/// A key that nothing else in this run or an earlier one uses.
func freshKey(_ name: String = "key") -> String {
    "test:\(name):\(getpid()):\(UInt64.random(in: 0 ... .max))"
}

extension Seams {
    /// The system's clocks and randomness: a server's answers come in real time.
    static let forTests = Seams(
        now: { Instant(milliseconds: Int64(seconds(CLOCK_REALTIME) * 1000)) },
        uptime: { seconds(CLOCK_MONOTONIC) }, random: { UInt64.random(in: 0 ... .max) })

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// Asks again until the answer is true; the test fails after 20 seconds.
func eventually(
    _ what: Comment, at location: SourceLocation = #_sourceLocation,
    _ isTrue: () async throws -> Bool
) async throws {
    // Long enough for a machine that does a dozen other things.
    let end = Seams.forTests.uptime() + 120
    while Seams.forTests.uptime() < end {
        if try await isTrue() { return }
        // Lets others on; a round trip to a server is what usually takes the time here.
        await Task.yield()
    }
    Issue.record(what, sourceLocation: location)
}

/// The error that `body` throws; nil where it does not.
func failure<R>(of body: () async throws -> R) async -> TCError? {
    do {
        _ = try await body()
        return nil
    } catch { return error as? TCError }
}

/// A count that tasks share.
final class Tally: Sendable {
    private let value = Atomic(0)
    var count: Int { value.load(ordering: .relaxed) }
    func add() { value.add(1, ordering: .relaxed) }
}

extension [UInt8] {
    init(text: String) { self = Array(text.utf8) }
}

/// A Redis server that one test may kill, pause and start again on the same port.
final class RedisServer {
    let port: Int32
    private let arguments: [String]
    private(set) var process: pid_t = 0

    static let isInstalled = ["/usr/bin", "/usr/local/bin"].contains {
        access("\($0)/redis-server", X_OK) == 0
    }

    /// Starts it unless told otherwise; `arguments` are added to its command line.
    init(isStarted: Bool = true, _ arguments: [String] = []) throws {
        port = RedisServer.freePort()
        self.arguments = arguments
        if isStarted { try start() }
    }

    deinit { stop() }

    func url(_ credentials: String = "", database: Int = 0) -> String {
        "redis://\(credentials)127.0.0.1:\(port)/\(database)"
    }

    /// Returns when the server listens.
    func start() throws {
        var words = [
            "redis-server", "--bind", "127.0.0.1", "--port", "\(port)", "--save", "",
            "--appendonly", "no", "--logfile", "/dev/null", "--dir", "/tmp",
        ]
        words += arguments
        words = ["bash", "-c", closingInherited + "exec \"$@\"", "bash"] + words
        var argv = words.map { strdup($0) } + [nil]
        defer { for word in argv { free(word) } }
        try #require(posix_spawnp(&process, "bash", nil, nil, &argv, environ) == 0)
        while true {
            let socket = RedisServer.socket()
            defer { close(socket) }
            if RedisServer.onLoopback(port, { connect(socket, $0, $1) }) == 0 { return }
            if waitpid(process, nil, WNOHANG) != 0 { process = 0 }
            try #require(process != 0, "redis-server ended at once")
        }
    }

    func kill() {
        Glibc.kill(process, SIGKILL)
        waitpid(process, nil, 0)
        process = 0
    }

    func pause() { Glibc.kill(process, SIGSTOP) }
    func resume() { Glibc.kill(process, SIGCONT) }

    func stop() { if process != 0 { kill() } }

    /// Below the ports that the system gives to clients: one of those could be taken before the server
    /// has it, or while it is down, and who connects to one can even be connected to itself.
    private static let nextPort = Atomic(Int32.random(in: 20_000..<28_000))

    /// A port that nobody listens on, and that no other test of this run is given.
    static func freePort() -> Int32 {
        while true {
            let port = nextPort.add(1, ordering: .relaxed).newValue
            let socket = RedisServer.socket()
            defer { close(socket) }
            if onLoopback(port, { bind(socket, $0, $1) }) == 0 { return port }
        }
    }

    /// Not inherited: a server that another test starts would keep the port bound.
    static func socket() -> Int32 {
        Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    }

    static func port(of socket: Int32) -> Int32 {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(socket, $0, &size)
            }
        }
        return Int32(UInt16(bigEndian: address.sin_port))
    }

    static func onLoopback(
        _ port: Int32, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}

/// The same numbers for the same seed (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

/// What a cache told its log.
final class ChangeLog: Sendable {
    private let noted = Mutex<[FallbackCache.Change]>([])
    var changes: [FallbackCache.Change] { noted.withLock { $0 } }
    func note(_ change: FallbackCache.Change) { noted.withLock { $0.append(change) } }
}

/// What a process that outlives a test begins with: it would hold open what other tests wait to see
/// closed.
let closingInherited = #"""
    for file in /proc/self/fd/*; do
        file=${file##*/}
        [ "$file" -le 2 ] || eval "exec $file>&-"
    done

    """#
