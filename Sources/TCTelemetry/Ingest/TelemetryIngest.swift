import Synchronization
import TCCore

/// Reads telemetry lines, checks them and stores them durably.
///
/// Work goes batch by batch, each in phases that use all threads: parse chunks of input into columns,
/// sort by vehicle and time, encode the columns. A further thread writes and publishes what is
/// encoded while the next batch is parsed, so that no core waits for the disk.
public struct TelemetryIngest: Sendable {
    /// Stores the rows of one day durably and returns the bytes that they take. Called from one
    /// thread at a time.
    typealias Publish = @Sendable (EncodedDay) throws -> Int

    private let options: IngestOptions
    private let uptime: @Sendable () -> Double
    private let publish: Publish
    private var store: TelemetryStore?

    /// Stores in `store`; `uptime` counts seconds and never steps back.
    ///
    /// What killed processes have left behind in the store is removed at the start.
    public init(
        store: TelemetryStore, options: IngestOptions, uptime: @escaping @Sendable () -> Double
    ) {
        self.init(options: options, uptime: uptime) { day in
            let file = try store.newFile(day: day.day)
            try file.append(
                columns: day.columns, rows: day.rows, runs: day.runs, places: day.places,
                harsh: day.harsh)
            return Int(try file.publish().bytes)
        }
        self.store = store
    }

    init(
        options: IngestOptions, uptime: @escaping @Sendable () -> Double, publish: @escaping Publish
    ) {
        precondition(options.workers >= 1 && options.batchRows >= 1 && options.chunkBytes >= 1)
        self.options = options
        self.uptime = uptime
        self.publish = publish
    }

    /// What waits to be stored.
    private enum Step: Sendable {
        case day(EncodedDay)
        /// The batch's files are all given: with them, this is durable.
        case end(IngestProgress)
    }

    /// Ingests all inputs in order, and returns when everything read is durable.
    ///
    /// When `interrupted` becomes true, what was read until then is stored and the run ends as if
    /// the input had. When reading fails, the lines before are stored and then the error is thrown.
    /// When storing fails, the error is thrown; `observer` knows what is durable.
    public func run(
        _ inputs: [IngestInput], observer: some IngestObserver,
        interrupted: @escaping @Sendable () -> Bool
    ) throws -> IngestCounts {
        try store?.removeAbandonedFiles()
        let queue = Handoff<Step>(limit: 2)
        let stored = Mutex(IngestCounts())
        let telling = Mutex(())
        // Thread 0 stores; the caller's thread, the last, leads the rest.
        try Workers.run(2) { thread in
            defer { queue.close() }
            if thread == 0 {
                while let step = queue.take() {
                    switch step {
                    case .day(let day):
                        let bytes = try publish(day)
                        stored.withLock {
                            $0.rows += day.rows
                            $0.files += 1
                            $0.bytes += bytes
                        }
                    case .end(var progress):
                        stored.withLock {
                            $0.read = progress.counts.read
                            $0.accepted = progress.counts.accepted
                            progress.counts = $0
                        }
                        try telling.withLock { _ in try observer.durable(progress) }
                    }
                }
            } else {
                let line = BatchLine(
                    options: options, inputs: inputs, uptime: uptime, interrupted: interrupted)
                while let batch = try line.nextBatch(observer) {
                    try telling.withLock { _ in try batch.report(observer) }
                    try line.encode(batch) { day in
                        if !queue.give(.day(day)) { throw StoringEnded() }
                    }
                    if !queue.give(.end(batch.progress)) { throw StoringEnded() }
                }
                if let failure = line.failure {
                    // What was read before is on its way; it is stored before the error is told.
                    throw failure
                }
            }
        }
        return stored.withLock { $0 }
    }

    /// The storing thread has failed; its own error, which comes first, is the one to tell.
    private struct StoringEnded: Error {}
}
