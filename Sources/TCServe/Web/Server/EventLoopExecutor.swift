import NIOCore

/// Runs tasks on an event loop's own thread.
///
/// A request is read and written there anyway. Answering it on the pool of all tasks would cost four
/// changes of thread a request, more than everything else that this layer does: `TCBench web`.
final class EventLoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// One executor for each loop of a group.
struct EventLoopExecutors: Sendable {
    private let byLoop: [ObjectIdentifier: EventLoopExecutor]

    init(_ group: any EventLoopGroup) {
        byLoop = Dictionary(
            uniqueKeysWithValues: group.makeIterator().map {
                (ObjectIdentifier($0), EventLoopExecutor($0))
            })
    }

    /// Nil for a loop of another group, whose tasks then run where all tasks do.
    subscript(_ loop: any EventLoop) -> EventLoopExecutor? { byLoop[ObjectIdentifier(loop)] }
}
