import TCCore
import TCTelemetry

/// One question to the store: the files as they are at this moment, what is asked of them and where
/// the answer goes.
struct StoreQuery {
    let snapshot: StoreSnapshot
    var request: ScanRequest
    let workers: Int
    private let context: CommandContext
    private let output: LimitedOutput

    /// Opens the store. Flags are checked before anything is opened.
    init(
        _ context: CommandContext, store: StoreOptions, request: ScanRequest, limit: Int?
    ) throws {
        if let limit, limit < 1 {
            throw TCError(.usage, "--limit must be 1 or more, got \(limit)")
        }
        let url = try context.storeURL(store)
        snapshot = try TelemetryStore(url: url).snapshot(from: request.from, to: request.to)
        self.request = request
        workers = try context.workerCount
        self.context = context
        output = LimitedOutput(context.output, limit: limit)
    }

    /// Scans with a visitor for each shard and prints the records of all.
    func print<V: RecordVisitor>(_ makeVisitor: @Sendable () -> V) throws -> ExitStatus {
        try answer { sink in
            try snapshot.scan(request, workers: workers, makeVisitor: makeVisitor) { visitor in
                try visitor.records.withBytes(sink)
            }
        }
    }

    /// Runs `body`, which hands the records of the answer to the sink, and tells how the question
    /// was answered: not at all (1), in full (0), or as far as the files could be read (74).
    func answer(_ body: (@escaping RecordSink) throws -> Void) throws -> ExitStatus {
        let output = output
        do {
            try body { try output.write($0) }
        } catch is LimitedOutput.LimitReached {
            // What the limit leaves out need not be computed.
        }
        return context.status(of: snapshot, found: !output.isEmpty)
    }
}

/// Passes records on until a limit is reached.
private final class LimitedOutput {
    struct LimitReached: Error {}

    private let output: RecordOutput
    private var left: Int?
    private(set) var isEmpty = true

    init(_ output: RecordOutput, limit: Int?) {
        self.output = output
        left = limit
    }

    /// Writes whole lines; throws `LimitReached` after the last one that is wanted.
    func write(_ lines: UnsafeBufferPointer<UInt8>) throws {
        guard !lines.isEmpty else { return }
        isEmpty = false
        guard let limit = left else { return try output.write(lines: lines) }
        var found = 0
        for (index, byte) in lines.enumerated() where byte == UInt8(ascii: "\n") {
            found += 1
            guard found == limit else { continue }
            try output.write(lines: UnsafeBufferPointer(rebasing: lines[...index]))
            left = 0
            throw LimitReached()
        }
        try output.write(lines: lines)
        left = limit - found
    }
}
