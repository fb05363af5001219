import TCCore
import TCStore
import Testing

@testable import TCEngines

/// Who has waited the longest.
struct CallQueueTests {
    /// Against a plain list.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func itIsALineForReadsAndOneForWrites(_ seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        var (queue, model) = (CallQueue(), [(call: DatabaseCall, since: Double)]())
        var longest = 0.0
        for step in 0..<3000 {
            let now = Double(step)
            func note(_ index: Int) -> DatabaseCall {
                longest = max(longest, now - model[index].since)
                return model.remove(at: index).call
            }
            switch Int.random(in: 0..<10, using: &random) {
            case 0...4:
                let modes: [DatabaseCall.Mode] = [.statement, .read, .write]
                let call = try await call(modes[Int.random(in: 0..<3, using: &random)])
                queue.append(call, at: now)
                model.append((call, now))
            case 5...7:
                let mayRead = Bool.random(using: &random)
                let index = model.firstIndex { mayRead || $0.call.mode == .write }
                #expect(queue.popFirst(mayRead: mayRead, at: now) === index.map(note))
            case 8:
                guard let index = model.indices.randomElement(using: &random) else { continue }
                let call = model.remove(at: index).call
                #expect(queue.remove(call.interruption) === call)
                #expect(queue.remove(call.interruption) == nil)
            default:
                let limit = now - Double(Int.random(in: 0..<40, using: &random))
                let expired = queue.popExpired(before: limit, at: now)
                for (call, seconds) in expired {
                    #expect(seconds == now - model[0].since && seconds >= now - limit)
                    #expect(call === note(0))
                }
                #expect(model.first.map { $0.since > limit } ?? true)
            }
            #expect(queue.count == model.count)
            #expect(queue.oldest == model.first?.since)
            #expect(queue.firstMode == model.first?.call.mode)
            let waits = max(longest, model.first.map { now - $0.since } ?? 0)
            #expect(queue.longestWait(at: now) == .seconds(waits))
        }
        #expect(queue.removeAll().count == model.count && queue.count == 0)
    }

    /// A call that nobody waits for any more.
    private func call(_ mode: DatabaseCall.Mode) async throws -> DatabaseCall {
        let made = Collected<DatabaseCall>()
        try await withCheckedThrowingContinuation { (answer: CheckedContinuation<Void, _>) in
            made.add(DatabaseCall(mode, Interruption(), { _ in }, answer))
            answer.resume()
        }
        return try #require(made.values.first)
    }
}
