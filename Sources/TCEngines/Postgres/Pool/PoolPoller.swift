import Glibc
import TCCore
import TCStore

/// The thread that takes the answers of all statements, and looks at deadlines.
extension PostgresPool {
    /// How often statements are reviewed, in seconds: the server ends those that take too long, and only
    /// one that is silent is noticed here.
    private static let reviewInterval = 1.0

    /// - Throws: where the system has no thread to give.
    func startPoller() throws(TCError) {
        let isFirst = state.withLock { state in
            defer { state.hasPoller = true }
            return !state.hasPoller
        }
        guard isFirst else { return }
        do {
            try EngineThread.start {
                self.pollerThread.store(pthread_self(), ordering: .relaxed)
                self.poll()
            }
        } catch {
            state.withLock { $0.hasPoller = false }
            throw error
        }
    }

    private func poll() {
        var nextReview = uptime() + PostgresPool.reviewInterval
        var lendings = 0
        while true {
            runJobs()
            let now = uptime()
            if now >= nextReview { review(now, &nextReview, &lendings) }
            let (expired, pause, isEnd) = state.withLock { state in
                let expired = state.queue.popExpired(before: now - settings.waitSeconds, at: now)
                // Asked for since the last review.
                if nextReview == .infinity, state.inUse > 0 || state.lendings != lendings {
                    nextReview = now + PostgresPool.reviewInterval
                }
                let limit = state.queue.oldest.map { $0 + settings.waitSeconds } ?? .infinity
                state.nextReview = min(nextReview, limit)
                // Looked at under the lock: whoever adds one later finds that there is no poller.
                let hasJobs = jobs.withLock { !$0.isEmpty }
                let isEnd = state.isClosed && state.inUse == 0 && !hasJobs
                if isEnd {
                    state.hasPoller = false
                    pollerThread.store(0, ordering: .relaxed)
                }
                // Whoever is told that it waited too long may have a job for this thread.
                let isBusy = hasJobs || !expired.isEmpty
                return (expired, isBusy ? 0 : state.nextReview - now, isEnd)
            }
            for (call, seconds) in expired { call.fail(settings.waitedTooLong(seconds)) }
            if isEnd { break }
            let ids = watch.wait(seconds: pause == .infinity ? nil : pause)
            if ids.contains(PostgresPool.wakeupId) {
                wakeup.clear()
                review(uptime(), &nextReview, &lendings)
            }
            let slots = state.withLock { state in ids.compactMap { state.slots[$0] } }
            for slot in slots {
                receive(slot)
                // What the task asks next is on its way while the other answers are taken.
                runJobs()
            }
        }
        endIfDone()
    }

    private func receive(_ slot: PostgresSlot) {
        let step = slot.receive()
        if case .idle = step { inspect(slot) } else { settle(follow(step, of: slot)) }
    }

    /// Looks at every statement that is underway, and says when to look again: never, once nothing has
    /// been asked for a while.
    private func review(_ now: Double, _ next: inout Double, _ lendings: inout Int) {
        let (slots, isActive) = state.withLock { state in
            defer { lendings = state.lendings }
            return (Array(state.slots.values), state.inUse > 0 || state.lendings != lendings)
        }
        next = isActive ? now + PostgresPool.reviewInterval : .infinity
        for slot in slots {
            let step = slot.review(at: now)
            if case .needsThread = step { settle(follow(step, of: slot)) }
        }
    }

    /// A server says something that nobody has asked for: mostly that it is gone.
    private func inspect(_ slot: PostgresSlot) {
        // Handed out, so that the connection ends outside of the lock.
        let lost = state.withLock { state -> PostgresSlot? in
            // Else somebody is about to use it, and will see.
            guard let place = state.idle.firstIndex(where: { $0 === slot }),
                !slot.connection.link.isAlive()
            else { return nil }
            state.slots[slot.id] = nil
            return state.idle.remove(at: place)
        }
        if let lost { watch.remove(lost.connection.link.descriptor) }
    }
}
