import Synchronization
import TCCore

/// A thread of a pool, for calls that block: bodies, connecting, statements that must be ended.
final class PostgresLane: Sendable {
    /// What a lane is to do.
    enum Job {
        /// Work on a call; without a connection, make one.
        case serve(DatabaseCall, PostgresSlot?)
        /// Work on a call whose statement is on its way.
        case finish(DatabaseCall, PostgresSlot, isSent: Bool, deadline: Double)
        case end
    }

    /// For who waits in the middle of a call.
    let wakeup: Wakeup
    /// For who waits for a job.
    private let turn = Turn()
    private let job = Mutex<Job?>(nil)
    private let interruption = Mutex<Interruption?>(nil)

    init() throws(TCError) { wakeup = try Wakeup() }

    /// Hands over a job, once for each time that the lane is idle.
    func give(_ job: Job) {
        self.job.withLock { $0 = job }
        turn.give()
    }

    /// The next job that is given.
    func take() -> Job {
        turn.wait()
        return job.withLock { job in
            defer { job = nil }
            return job ?? .end
        }
    }

    /// From now on the lane works on a call; on none with nil.
    func work(on call: DatabaseCall?) {
        interruption.withLock { current in
            current?.watch(with: nil)
            current = call?.interruption
            current?.watch(with: wakeup)
        }
    }

    /// The server is known not to answer.
    func abandon() { interruption.withLock { $0 }?.abandon() }
}
