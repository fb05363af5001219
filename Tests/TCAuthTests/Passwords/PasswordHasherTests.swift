import Glibc
import Synchronization
import TCCore
import TCCrypto
import Testing

@testable import TCAuth

struct PasswordHasherTests {
    private let cheap: ScryptParameters
    private let hasher: PasswordHasher

    init() throws {
        cheap = try ScryptParameters(logarithmOfN: 4, r: 8, p: 1)
        hasher = PasswordHasher(seams: .seeded(1), parameters: cheap)
    }

    @Test func `a password is right and every other is wrong`() async throws {
        let kept = try await hasher.hash("correct horse")
        #expect(kept.hasPrefix("$scrypt$ln=4,r=8,p=1$"))
        #expect(try await hasher.check("correct horse", against: kept) == .right(upgraded: nil))
        for other in ["", "correct hors", "Correct horse", "correct horse "] {
            #expect(try await hasher.check(other, against: kept) == .wrong)
        }
    }

    @Test func `equal passwords have different hashes`() async throws {
        let first = try await hasher.hash("correct horse")
        #expect(try await hasher.hash("correct horse") != first)
    }

    @Test func `a right password behind a weaker hash is hashed anew, a wrong one is not`()
        async throws
    {
        let kept = try await hasher.hash("correct horse")
        let stronger = PasswordHasher(
            seams: .seeded(2), parameters: try ScryptParameters(logarithmOfN: 5, r: 8, p: 1))
        #expect(try await stronger.check("wrong", against: kept) == .wrong)
        guard
            case .right(let upgraded?) = try await stronger.check("correct horse", against: kept)
        else {
            Issue.record("the hash was not upgraded")
            return
        }
        #expect(upgraded.hasPrefix("$scrypt$ln=5,"))
        #expect(
            try await stronger.check("correct horse", against: upgraded) == .right(upgraded: nil))
    }

    @Test func `a user who is not there takes as long as a wrong password`() async throws {
        let dear = PasswordHasher(
            seams: .seeded(3), parameters: try ScryptParameters(logarithmOfN: 14, r: 8, p: 1))
        let kept = try await dear.hash("correct horse")
        // Processor time of this process, the least of several. Other tests of the process add to it;
        // an answer without a hash would take a thousandth.
        func cost(_ kept: String?) async throws -> Double {
            var least = Double.infinity
            for _ in 0..<5 {
                let start = clock()
                #expect(try await dear.check("wrong", against: kept) == .wrong)
                least = min(least, Double(clock() - start))
            }
            return least
        }
        let (known, unknown) = (try await cost(kept), try await cost(nil))
        #expect((0.1...10).contains(unknown / known), "\(unknown) and \(known) µs")
    }

    @Test func `a kept hash that is damaged is the store's fault`() async {
        for kept in ["", "$scrypt$ln=4,r=8,p=1$short", "$2b$12$abc"] {
            let error = await #expect(throws: TCError.self) {
                try await hasher.check("correct horse", against: kept)
            }
            #expect(error?.kind == .io)
        }
    }
}

struct HashingGateTests {
    @Test func `no more run at once than the gate lets through`() async throws {
        let gate = HashingGate(running: 2, waiting: 100)
        let running = Peak()
        try await withThrowingTaskGroup { group in
            for _ in 0..<40 {
                group.addTask {
                    try await gate.run {
                        running.enter()
                        sched_yield()
                        running.leave()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect((1...2).contains(running.most))
        #expect(running.now == 0)
    }

    @Test
    func `beyond those that may wait the answer comes at once, and those who wait get through`()
        async throws
    {
        let gate = HashingGate(running: 1, waiting: 2)
        let blocker = Blocker()
        async let first: Void = gate.run { blocker.block() }
        await blocker.untilBlocked()
        async let second = gate.run { 2 }
        async let third = gate.run { 3 }
        while gate.waitingCount < 2 { await Task.yield() }
        let error = await #expect(throws: TCError.self) { try await gate.run { 4 } }
        #expect(error?.kind == .tryAgain)
        blocker.release()
        try await first
        #expect(try await [second, third] == [2, 3])
        #expect(try await gate.run { 5 } == 5)
    }

    @Test func `who is cancelled while waiting leaves, and the others get through`() async throws {
        let gate = HashingGate(running: 1, waiting: 2)
        let blocker = Blocker()
        async let first: Void = gate.run { blocker.block() }
        await blocker.untilBlocked()
        let cancelled = Task { try await gate.run { 2 } }
        while gate.waitingCount < 1 { await Task.yield() }
        async let third = gate.run { 3 }
        while gate.waitingCount < 2 { await Task.yield() }
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        #expect(gate.waitingCount == 1)
        blocker.release()
        try await first
        #expect(try await third == 3)
    }

    @Test func `an error of a job reaches its caller and frees its place`() async throws {
        let gate = HashingGate(running: 1, waiting: 0)
        for _ in 0..<3 {
            await #expect(throws: TCError.self) {
                try await gate.run { throw TCError(.io, "a fault") }
            }
        }
        #expect(try await gate.run { 1 } == 1)
    }
}

/// How many are inside, and how many were at most.
private final class Peak: Sendable {
    private let counts = Mutex((now: 0, most: 0))

    var now: Int { counts.withLock { $0.now } }
    var most: Int { counts.withLock { $0.most } }

    func enter() { counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) } }
    func leave() { counts.withLock { $0.now -= 1 } }
}

/// Holds one thread until it is told to let go.
private final class Blocker: Sendable {
    private let (began, beginning) = AsyncStream<Void>.makeStream()
    private let ends: (reading: Int32, writing: Int32)

    init() {
        var ends: [Int32] = [-1, -1]
        precondition(pipe(&ends) == 0)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        self.ends = (ends[0], ends[1])
    }

    deinit {
        close(ends.reading)
        close(ends.writing)
    }

    func block() {
        beginning.yield()
        var byte: UInt8 = 0
        while read(ends.reading, &byte, 1) < 0 && errno == EINTR {}
    }

    func untilBlocked() async { for await _ in began { break } }

    func release() { _ = write(ends.writing, [1], 1) }
}
