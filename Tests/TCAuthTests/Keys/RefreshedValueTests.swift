import Synchronization
import TCCore
import Testing

@testable import TCAuth

@Suite("refreshed value") struct RefreshedValueTests {
    /// Numbers its readings; each waits for a permit, or fails while it is told to.
    private final class Source: Sendable {
        private struct State {
            var begun = 0
            var fails = false
            var isHeld = false
            var held: [CheckedContinuation<Void, Never>] = []
            var awaited: [(number: Int, waiter: CheckedContinuation<Void, Never>)] = []
        }
        private let state = Mutex(State())

        var begun: Int { state.withLock { $0.begun } }
        func fail(_ fails: Bool) { state.withLock { $0.fails = fails } }
        func hold() { state.withLock { $0.isHeld = true } }

        func release() {
            let held = state.withLock { state in
                defer { state.held = [] }
                state.isHeld = false
                return state.held
            }
            for waiter in held { waiter.resume() }
        }

        /// Returns once so many readings have begun.
        func begins(_ number: Int) async {
            await withCheckedContinuation { waiter in
                let hasBegun = state.withLock { state in
                    if state.begun >= number { return true }
                    state.awaited.append((number, waiter))
                    return false
                }
                if hasBegun { waiter.resume() }
            }
        }

        func read() async throws -> Int {
            let (number, waiters) = state.withLock { state in
                state.begun += 1
                let begun = state.begun
                defer { state.awaited.removeAll { $0.number <= begun } }
                return (begun, state.awaited.filter { $0.number <= begun }.map(\.waiter))
            }
            for waiter in waiters { waiter.resume() }
            await withCheckedContinuation { continuation in
                let isHeld = state.withLock { state in
                    if state.isHeld { state.held.append(continuation) }
                    return state.isHeld
                }
                if !isHeld { continuation.resume() }
            }
            if state.withLock({ $0.fails }) { throw TCError(.unavailable, "down") }
            return number
        }
    }

    private let clock = MovedClock()
    private let source = Source()
    private let value: RefreshedValue<Int>

    init() {
        let source = source
        value = RefreshedValue(
            // Longer than a test stands still on a busy machine.
            0, every: .seconds(1), patience: .seconds(600), uptime: clock.seams.uptime,
            read: { _ in try await source.read() },
            changed: { _ in })
    }

    @Test("who asks while another reads waits for that")
    func shared() async throws {
        source.hold()
        async let answers = together(20) { [value] _ in await value.current() }
        await source.begins(1)
        source.release()
        #expect(try await Set(answers) == [1])
        #expect(await value.current() == 1)
        clock.advance(.milliseconds(999))
        #expect(await value.current() == 1)
        clock.advance(.milliseconds(1))
        #expect(await value.current() == 2)
    }

    @Test("nobody waits twice while reading fails, and it is tried once an interval")
    func failing() async throws {
        #expect(await value.current() == 1)
        source.fail(true)
        clock.advance(.seconds(1))
        #expect(await value.current() == 1)
        #expect(await value.current() == 1 && source.begun == 2)
        source.hold()
        clock.advance(.seconds(1))
        #expect(await value.current() == 1, "also while the next attempt takes its time")
        await source.begins(3)
        #expect(await value.current() == 1)
        source.fail(false)
        source.release()
        try await eventually("it works again") { await value.current() == 3 }
        #expect(source.begun == 3)
    }

    @Test("nobody waits long for a reading that does not end, unless nothing else will do")
    func slow() async throws {
        let value = RefreshedValue(
            0, every: .seconds(1), patience: .milliseconds(20), uptime: clock.seams.uptime,
            read: { [source] _ in try await source.read() }, changed: { _ in })
        #expect(try await value.readAgain() == 1)
        source.hold()
        clock.advance(.seconds(1))
        #expect(await value.current() == 1, "the reading is held, and the value good enough")
        #expect(try await value.current(notOlderThan: .seconds(30)) == 1 && source.begun == 2)
        clock.advance(.seconds(30))
        source.fail(true)
        let young = Task { try await value.current(notOlderThan: .seconds(30)) }
        source.release()
        await #expect(throws: TCError(.unavailable, "down")) { try await young.value }
        source.hold()
        clock.advance(.seconds(1))
        await #expect(throws: TCError(.unavailable, "down"), "though the next is held") {
            try await value.current(notOlderThan: .seconds(30))
        }
        source.release()
    }

    @Test("who needs a younger value waits for it, or is told why there is none")
    func limit() async throws {
        #expect(try await value.current(notOlderThan: .seconds(30)) == 1)
        source.fail(true)
        clock.advance(.seconds(30))
        #expect(try await value.current(notOlderThan: .seconds(30)) == 1)
        clock.advance(.seconds(1))
        await #expect(throws: TCError(.unavailable, "down")) {
            try await value.current(notOlderThan: .seconds(30))
        }
        source.fail(false)
        clock.advance(.seconds(1))
        #expect(try await value.current(notOlderThan: .seconds(30)) == 4)
    }

    @Test("what was being read when it was made old is read again")
    func expired() async throws {
        source.hold()
        async let early = value.current()
        await source.begins(1)
        value.expire()
        async let late = value.current()
        source.release()
        #expect(await late == 2)
        #expect(await early == 2, "no worse")
        source.fail(true)
        await #expect(throws: TCError.self) { try await value.readAgain() }
        source.fail(false)
        #expect(try await value.readAgain() == 4)
    }
}
