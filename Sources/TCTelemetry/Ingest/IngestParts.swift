import Synchronization
import TCCore

/// The parts of an ingest one by one, for measuring.
package enum IngestParts {
    /// What one run through some parts took and made.
    package struct Figures: Sendable {
        package var lines = 0
        package var batches = 0
        package var encodedBytes = 0
        package var parseSeconds = 0.0
        package var sortSeconds = 0.0
        package var encodeSeconds = 0.0
    }

    package enum Part: String, Sendable, CaseIterable { case parse, sort, encode }

    /// Runs an ingest of `input` up to `last` and throws the result away.
    package static func run(
        _ input: IngestInput, upTo last: Part, options: IngestOptions,
        uptime: @escaping @Sendable () -> Double
    ) throws -> Figures {
        var figures = Figures()
        let line = BatchLine(
            options: options, inputs: [input], uptime: uptime, interrupted: { false })
        let bytes = Atomic<Int>(0)
        let observer = Nobody()
        while true {
            let began = uptime()
            guard let parsed = try line.parseBatch(observer) else { break }
            let parsedAt = uptime()
            figures.parseSeconds += parsedAt - began
            figures.batches += 1
            if last == .parse { continue }
            let ready = try line.sort(parsed)
            let sortedAt = uptime()
            figures.sortSeconds += sortedAt - parsedAt
            if last == .sort { continue }
            try line.encode(ready) { day in
                bytes.wrappingAdd(
                    day.columns.reduce(0) { $0 + $1.byteCount }, ordering: .relaxed)
            }
            figures.encodeSeconds += uptime() - sortedAt
        }
        if let failure = line.failure { throw failure }
        figures.lines = line.counts.read
        figures.encodedBytes = bytes.load(ordering: .relaxed)
        return figures
    }

    private struct Nobody: IngestObserver {
        var wantsDetails: Bool { false }
        func rejected(_ rejection: IngestRejection) {}
        func durable(_ progress: IngestProgress) {}
        func read(lines: Int, bytes: Int) {}
    }
}
