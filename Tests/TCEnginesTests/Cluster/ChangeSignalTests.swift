import TCCore
import TCStore
import Testing

@testable import TCEngines

/// Waiting for the next change.
struct ChangeSignalTests {
    @Test func aChangeBeforeTheWaitIsNotLost() async {
        let signal = ChangeSignal()
        let seen = signal.count
        signal.give()
        await signal.wait(after: seen, atMost: .seconds(3600))
        #expect(signal.count == seen + 1)
    }

    @Test func everybodyWhoWaitsIsWoken() async {
        let signal = ChangeSignal()
        let seen = signal.count
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<100 {
                group.addTask { await signal.wait(after: seen, atMost: .seconds(3600)) }
            }
            await Task.yield()
            signal.give()
        }
    }

    @Test func theWaitEndsWithItsTimeOrItsTask() async {
        let signal = ChangeSignal()
        await signal.wait(after: signal.count, atMost: .milliseconds(1))
        let task = Task { await signal.wait(after: signal.count, atMost: .seconds(3600)) }
        task.cancel()
        await task.value
    }
}
