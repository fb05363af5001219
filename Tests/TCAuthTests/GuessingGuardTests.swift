import Glibc
import Synchronization
import TCCore
import TCEngines
import TCStore
import Testing

@testable import TCAuth

/// The promises of `GuessingGuard`, by their numbers, with a moved clock.
@Suite("guessing guard") struct GuessingGuardTests {
    private let bed: GuardBed

    init() throws { bed = try GuardBed() }

    @Test("1: one origin gets five attempts, then waits double up to 15 minutes")
    func slow() async throws {
        for _ in 0..<5 { #expect(try await bed.fails("alice", "1.1.1.1") == .zero) }
        var expected = 1
        while expected < 2000 {
            let wait = Duration.seconds(min(expected, 900))
            #expect(try await bed.fails("alice", "1.1.1.1") == wait)
            bed.advance(wait - .milliseconds(1))
            #expect(try await bed.fails("alice", "1.1.1.1") == .milliseconds(1))
            bed.advance(.milliseconds(1))
            #expect(try await bed.fails("alice", "1.1.1.1") == .zero)
            expected *= 2
        }
    }

    @Test("1: a guesser who never pauses gets some 110 attempts on the first day")
    func firstDay() async throws {
        var attempts = 0
        while bed.elapsed < .seconds(86_400) {
            let wait = try await bed.fails("alice", "1.1.1.1")
            if wait == .zero { attempts += 1 } else { bed.advance(wait) }
        }
        #expect((105...112).contains(attempts))
    }

    @Test("1: attempts at the same moment are each counted")
    func concurrent() async throws {
        let passed = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<100 {
                group.addTask { try await bed.fails("alice", "1.1.1.1") == .zero ? 1 : 0 }
            }
            return try await group.reduce(0, +)
        }
        #expect(passed == 5)
    }

    @Test("2: an account under attack makes strangers wait first, for a minute at most")
    func manyOrigins() async throws {
        for number in 0..<20 { #expect(try await bed.fails("alice", "10.0.0.\(number)") == .zero) }
        #expect(try await bed.fails("alice", "10.0.1.0") == .seconds(1))
        bed.advance(.seconds(1))
        #expect(try await bed.fails("alice", "10.0.1.0") == .zero)
        // Not a second one for free.
        #expect(try await bed.fails("alice", "10.0.1.0") == .seconds(2))
        for number in 0..<100 {
            let wait = try await bed.fails("alice", "10.0.2.\(number)")
            #expect(wait <= .seconds(60))
            bed.advance(wait)
            #expect(try await bed.fails("alice", "10.0.2.\(number)") == .zero)
        }
        #expect(try await bed.fails("alice", "10.0.3.0") == .seconds(60))
        #expect(try await bed.fails("bob", "10.0.3.0") == .zero)
    }

    @Test("2: an address that failed on many accounts waits on the next one, its neighbours not")
    func spraying() async throws {
        for number in 0..<50 { #expect(try await bed.fails("user\(number)", "6.6.6.6") == .zero) }
        #expect(try await bed.fails("alice", "6.6.6.6") == .seconds(1))
        #expect(try await bed.fails("alice", "6.6.6.7") == .zero)
        bed.advance(.seconds(3600))
        #expect(try await bed.fails("bob", "6.6.6.6") == .zero)
    }

    @Test("3: who waits as told is let through, whatever others do meanwhile")
    func nobodyIsLockedOut() async throws {
        for number in 0..<200 {
            _ = try await bed.fails("alice", "10.0.0.\(number)")
            _ = try await bed.fails("user\(number)", "5.5.5.5")
        }
        let wait = try await bed.fails("alice", "5.5.5.5")
        #expect(wait > .zero && wait <= .seconds(900))
        let step = Duration.milliseconds(wait.milliseconds / 50)
        for number in 0..<50 {
            _ = try await bed.fails("alice", "10.1.\(number).1")
            _ = try await bed.fails("other\(number)", "5.5.5.5")
            // Coming too early changes nothing either.
            #expect(try await bed.fails("alice", "5.5.5.5") > .zero)
            bed.advance(step)
        }
        bed.advance(.milliseconds(49))
        #expect(try await bed.succeeds("alice", "5.5.5.5"))
    }

    @Test("4: an owner's place is let in at once through an attack on account and address")
    func knownOrigin() async throws {
        #expect(try await bed.succeeds("alice", "7.7.7.7"))
        for number in 0..<200 {
            _ = try await bed.fails("alice", "10.0.0.\(number)")
            _ = try await bed.fails("user\(number)", "7.7.7.7")
        }
        #expect(try await bed.fails("alice", "7.7.7.7") == .zero)
        #expect(try await bed.succeeds("alice", "7.7.7.7"))
        bed.advance(.seconds(90 * 86_400))
        for number in 0..<20 { _ = try await bed.fails("alice", "10.9.0.\(number)") }
        #expect(try await bed.fails("alice", "7.7.7.7") == .seconds(1))
    }

    @Test("4: a device is told apart from whoever shares its address")
    func device() async throws {
        while try await bed.fails("alice", "8.8.8.8") < .seconds(100) { bed.advance(.seconds(60)) }
        #expect(try await bed.succeeds("alice", "8.8.8.8", device: "d1"))
        // A stolen cookie gives one origin, not freedom.
        for _ in 0..<5 { #expect(try await bed.fails("alice", "9.9.9.9", device: "d1") == .zero) }
        #expect(try await bed.fails("alice", "9.9.9.9", device: "d1") == .seconds(1))
    }

    @Test("success forgets the origin's failures, and takes back one of account and address")
    func success() async throws {
        for _ in 0..<4 { _ = try await bed.fails("alice", "1.1.1.1") }
        #expect(try await bed.succeeds("alice", "1.1.1.1"))
        for _ in 0..<5 { #expect(try await bed.fails("alice", "1.1.1.1") == .zero) }
        #expect(try await bed.fails("alice", "1.1.1.1") == .seconds(1))
        // 49 failures and a hundred logins of strangers: still one short of waiting.
        for number in 0..<49 { _ = try await bed.fails("user\(number)", "2.2.2.2") }
        for number in 0..<100 { #expect(try await bed.succeeds("new\(number)", "2.2.2.2")) }
        #expect(try await bed.fails("bob", "2.2.2.2") == .zero)
        // But an account of one's own does not wash the address clean.
        for _ in 0..<10 { #expect(try await bed.succeeds("new1", "2.2.2.2")) }
        #expect(try await bed.fails("carol", "2.2.2.2") > .zero)
    }

    @Test("failures are forgotten: a pair's after a quiet day, an address's after an hour")
    func forgetting() async throws {
        for _ in 0..<6 { _ = try await bed.fails("alice", "1.1.1.1") }
        bed.advance(.seconds(86_400))
        for _ in 0..<5 { #expect(try await bed.fails("alice", "1.1.1.1") == .zero) }
    }

    @Test("an attempt says what a failure will cost")
    func announced() async throws {
        for failure in 1...7 {
            guard case .proceed(let attempt) = try await bed.begin("alice", "1.1.1.1") else {
                Issue.record("refused at \(failure)")
                return
            }
            #expect(attempt.waitAfterFailure == .seconds([0, 0, 0, 0, 1, 2, 4][failure - 1]))
            #expect(!attempt.isKnown)
            bed.advance(attempt.waitAfterFailure)
        }
    }

    @Test(
        "names that could be taken for a hash tag are names like others",
        arguments: ["}", "{", "{}", "a}:all", "", "{a:b}"])
    func oddNames(_ name: String) async throws {
        for _ in 0..<5 { #expect(try await bed.fails(name, "::1") == .zero) }
        #expect(try await bed.fails(name, "::1") == .seconds(1))
        #expect(try await bed.fails("\(name)x", "::1") == .zero)
    }

    @Test("a name too long for a key is bad input")
    func longName() async throws {
        await #expect(throws: TCError.self) {
            _ = try await bed.fails(String(repeating: "a", count: 1000), "::1")
        }
    }

    @Test("a clock that is set back keeps nobody waiting for longer than 15 minutes")
    func clockSetBack() async throws {
        for _ in 0..<6 { _ = try await bed.fails("alice", "1.1.1.1") }
        bed.advance(.seconds(-7200))
        #expect(try await bed.fails("alice", "1.1.1.1") == .seconds(900))
        bed.advance(.seconds(900))
        #expect(try await bed.fails("alice", "1.1.1.1") == .zero)
    }

    @Test(
        "Redis and memory give the same verdicts on one schedule",
        .enabled(if: getenv("TC_TEST_REDIS") != nil, "TC_TEST_REDIS names no server"),
        arguments: 0..<4)
    func twins(_ seed: UInt64) async throws {
        var state = seed &+ 1
        func below(_ limit: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % limit
        }
        let shared = try openCache(
            url: String(cString: getenv("TC_TEST_REDIS")), seams: bed.clock.seams)
        // Low limits, so that a short schedule meets every rule; memory beyond its end in real time.
        let policy = GuessingPolicy(
            pair: .init(free: 2, first: .seconds(1), longest: .seconds(30), memory: .seconds(9e4)),
            account: .init(
                free: 4, first: .seconds(2), longest: .seconds(9), memory: .seconds(9e4)),
            address: .init(
                free: 6, first: .seconds(3), longest: .seconds(20), memory: .seconds(9e4)),
            knownFor: .seconds(9e4))
        let guards = [
            GuessingGuard(on: shared, policy: policy), GuessingGuard(on: bed.cache, policy: policy),
        ]
        let run = "\(getpid()):\(seed):\(bed.clock.seams.random())"
        for step in 0..<600 {
            bed.advance(.milliseconds(Int64(below(3000))))
            // Rarely the clock is set back.
            if below(100) == 0 { bed.advance(.seconds(-40)) }
            let account = "\(run):\(below(3))"
            let address = "\(run):\(below(4))"
            let device = below(5) == 0 ? "d" : nil
            let isRight = below(8) == 0
            var verdicts: [GuessingGuard.Verdict] = []
            for guardian in guards {
                let verdict = try await guardian.begin(
                    account: account, address: address, device: device, at: bed.now)
                if isRight, case .proceed(let attempt) = verdict {
                    try await guardian.succeeded(attempt)
                }
                verdicts.append(verdict)
            }
            #expect(verdicts[0] == verdicts[1], "seed \(seed), step \(step)")
        }
        await shared.close()
    }
}

extension Duration {
    fileprivate static func seconds(_ seconds: Double) -> Duration {
        .milliseconds(Int64(seconds * 1000))
    }
}

/// A guard in memory, and a clock that only moves when told to.
struct GuardBed {
    let clock = MovedClock()
    let cache: MemoryCache
    let guardian: GuessingGuard

    init() throws {
        cache = try MemoryCache(seams: clock.seams)
        guardian = GuessingGuard(on: cache)
    }

    var now: Instant { clock.seams.now() }
    var elapsed: Duration { .milliseconds(now.milliseconds - MovedClock.start) }
    func advance(_ duration: Duration) { clock.advance(duration) }

    func begin(
        _ account: String, _ address: String, device: String? = nil
    ) async throws -> GuessingGuard.Verdict {
        try await guardian.begin(account: account, address: address, device: device)
    }

    /// Tries a wrong password; what it must wait before it may, or zero.
    func fails(_ account: String, _ address: String, device: String? = nil) async throws -> Duration
    {
        switch try await begin(account, address, device: device) {
        case .proceed: .zero
        case .wait(let wait): wait
        }
    }

    /// Tries the right password; whether it was let in.
    func succeeds(_ account: String, _ address: String, device: String? = nil) async throws -> Bool
    {
        guard case .proceed(let attempt) = try await begin(account, address, device: device) else {
            return false
        }
        try await guardian.succeeded(attempt)
        return true
    }
}

/// A clock that only moves when told to. Set back, it takes the wall clock back alone.
final class MovedClock: Sendable {
    static let start: Int64 = 1_800_000_000_000
    private let time = Mutex((wall: MovedClock.start, uptime: Int64(0)))

    func advance(_ duration: Duration) {
        time.withLock { time in
            time.wall += duration.milliseconds
            time.uptime += max(0, duration.milliseconds)
        }
    }

    var seams: Seams {
        Seams(
            now: { Instant(milliseconds: self.time.withLock { $0.wall }) },
            uptime: { Double(self.time.withLock { $0.uptime }) / 1000 },
            random: { .random(in: 0 ... .max) })
    }
}
