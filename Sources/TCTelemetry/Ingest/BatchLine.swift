import Glibc
import Synchronization
import TCCore

/// The line of production from input to sorted batches, with everything that is kept between them.
///
/// `@unchecked Sendable`: a parser, a buffer and an arena belong to one thread while a phase runs;
/// what the threads share is in `reading`, under its lock, or read only.
final class BatchLine: @unchecked Sendable {
    /// Some 100 µs where nobody else wants the core.
    private static let triesForReader = 256

    private let options: IngestOptions
    private let uptime: @Sendable () -> Double
    private let table: VehicleTable
    private let batch: IngestBatch
    private let sorter: BatchSorter
    private let encoder: BatchEncoder
    private let parsers: [Parser]
    private let reading: Mutex<Reading>
    /// Bytes kept for `extra` and reports of the batch being parsed.
    private let keptBytes = Atomic<Int>(0)
    /// The columns (a bit for each field) in which a row of that batch has a value.
    private let columns = Atomic<UInt32>(0)
    /// Lines parsed until now.
    private(set) var counts = IngestCounts()

    /// What the threads do in turn: take a chunk and number its lines.
    private struct Reading: @unchecked Sendable {
        let reader: ChunkReader
        /// Rows given out in this batch.
        var rows = 0
        /// When the batch must end, once it has begun.
        var deadline: Double?
        var isEnded = false
        var isBatchEnded = false
        var linesRead = 0
        var failure: (any Error)?
    }

    private final class Parser {
        var lines: LineParser
        let buffer: ChunkBuffer
        var chunks: [ParsedChunk] = []

        init(_ table: VehicleTable, chunkBytes: Int) {
            lines = LineParser(vehicles: table)
            buffer = ChunkBuffer(chunkBytes: chunkBytes)
        }
    }

    init(
        options: IngestOptions, inputs: [IngestInput], uptime: @escaping @Sendable () -> Double,
        interrupted: @escaping @Sendable () -> Bool
    ) {
        self.options = options
        self.uptime = uptime
        let rows = options.batchRows
        table = VehicleTable(capacity: options.batchVehicles + rows)
        batch = IngestBatch(capacity: rows)
        sorter = BatchSorter(capacity: rows, table: table, workers: options.workers)
        encoder = BatchEncoder(
            workers: options.workers, table: table, compressionLevel: options.compressionLevel,
            rowsPerPage: options.rowsPerPage, uptime: uptime)
        let table = table
        parsers = (0..<options.workers).map { _ in
            Parser(table, chunkBytes: options.chunkBytes)
        }
        reading = Mutex(
            Reading(
                reader: ChunkReader(
                    inputs: inputs, chunkBytes: options.chunkBytes, uptime: uptime,
                    interrupted: interrupted)))
    }

    /// Why reading ended before the input did.
    var failure: (any Error)? { reading.withLock { $0.failure } }

    /// Parses and sorts the next batch; nil at the end of the input. Its memory is this object's, and
    /// is written again by the next call.
    func nextBatch(_ observer: some IngestObserver) throws -> ReadyBatch? {
        guard let rows = try parseBatch(observer) else { return nil }
        return try sort(rows)
    }

    /// The first half of `nextBatch`: the number of rows that were parsed, holes included.
    func parseBatch(_ observer: some IngestObserver) throws -> Int? {
        prepare(observer)
        try Workers.run(options.workers) { worker in
            self.parse(self.parsers[worker], observer)
        }
        let rows = reading.withLock { $0.rows }
        batch.chunks = parsers.flatMap(\.chunks)
        for chunk in batch.chunks {
            counts.accepted += chunk.accepted
            counts.read += chunk.accepted + chunk.rejected
        }
        return rows > 0 ? rows : nil
    }

    /// The second half of `nextBatch`.
    func sort(_ rows: Int) throws -> ReadyBatch {
        let position = reading.withLock { $0.reader.position }
        let accepted = batch.chunks.reduce(0) { $0 + $1.accepted }
        batch.columns = batch.chunks.reduce(0) { $0 | $1.columns }
        if accepted > 0 {
            try sorter.sort(batch, rows: rows, arenas: parsers.map { $0.lines.arena })
        }
        return ReadyBatch(
            progress: IngestProgress(counts: counts, input: position.input, line: position.line),
            rejections: parsers.flatMap { $0.lines.rejections }.sorted { $0.row < $1.row },
            isEmpty: accepted == 0)
    }

    /// Encodes the batch that `nextBatch` returned last.
    func encode(_ ready: ReadyBatch, deliver: @Sendable (EncodedDay) throws -> Void) throws {
        if ready.isEmpty { return }
        try encoder.encode(batch, sorter.order, sorter.splitByDay(batch), deliver: deliver)
    }

    private func prepare(_ observer: some IngestObserver) {
        // Remembering every id ever seen would let a feed of ever new ids grow without bound.
        let forgets = table.count > options.batchVehicles / 2
        if forgets {
            table.removeAll()
            sorter.forgetVehicles()
        }
        for parser in parsers {
            if forgets { parser.lines.vehicles.removeAll() }
            parser.lines.arena.reset()
            parser.lines.rejections.removeAll(keepingCapacity: true)
            parser.chunks.removeAll(keepingCapacity: true)
        }
        keptBytes.store(0, ordering: .relaxed)
        columns.store(0, ordering: .relaxed)
        reading.withLock {
            $0.rows = 0
            $0.deadline = nil
            $0.isBatchEnded = false
        }
    }

    /// One thread's part of a batch: chunk after chunk until the batch is full, late or at the end.
    private func parse(_ parser: Parser, _ observer: some IngestObserver) {
        while let chunk = takeChunk(parser.buffer, observer) {
            let before = parser.lines.arena.byteCount
            let reported = parser.lines.rejections.count
            parser.lines.describesRejections = observer.wantsDetails
            let parsed = parser.lines.parse(chunk, into: batch)
            parser.chunks.append(parsed)
            columns.bitwiseOr(parsed.columns, ordering: .relaxed)
            var kept = parser.lines.arena.byteCount - before
            for rejection in parser.lines.rejections[reported...] {
                kept += rejection.input.count + rejection.fault.message.utf8.count
                kept += 64 + MemoryLayout<RejectedLine>.stride
            }
            if kept > 0 { keptBytes.wrappingAdd(kept, ordering: .relaxed) }
        }
    }

    /// Whether a batch of so many rows is to take no more memory.
    private func isBatchFull(rows: Int) -> Bool {
        if rows == 0 { return false }
        let kept = keptBytes.load(ordering: .relaxed)
        let vehicles = table.count
        return kept >= options.batchBytes || vehicles >= options.batchVehicles
            || rows * IngestBatch.bytesPerRow(columns.load(ordering: .relaxed)) + kept
                + vehicles * VehicleTable.bytesPerVehicle >= options.batchMemory
    }

    /// The next lines for one thread; nil where the batch is full, late or at the end.
    ///
    /// Tries for the reader a while before sleeping for it. It is held for the 50 µs that a chunk takes
    /// to be read, and a thread that slept comes back later than that: a batch was parsed at 1.7 of two
    /// cores.
    private func takeChunk(_ buffer: ChunkBuffer, _ observer: some IngestObserver) -> InputChunk? {
        for _ in 0..<BatchLine.triesForReader {
            let taken = reading.withLockIfAvailable { takeChunk(&$0, buffer, observer) }
            if let taken { return taken }
            sched_yield()
        }
        return reading.withLock { takeChunk(&$0, buffer, observer) }
    }

    private func takeChunk(
        _ state: inout Reading, _ buffer: ChunkBuffer, _ observer: some IngestObserver
    ) -> InputChunk? {
        while !state.isEnded, !state.isBatchEnded {
            if state.rows >= options.batchRows || isBatchFull(rows: state.rows)
                || state.deadline.map({ uptime() >= $0 }) ?? false
            {
                state.isBatchEnded = true
                break
            }
            do {
                switch try state.reader.next(
                    into: buffer, limit: options.batchRows - state.rows,
                    deadline: state.deadline)
                {
                case .idle: state.isBatchEnded = true
                case .end: state.isEnded = true
                case .chunk(var chunk):
                    chunk.firstRow = state.rows
                    state.rows += chunk.lineCount
                    state.linesRead += chunk.lineCount
                    if state.deadline == nil, let delay = options.maxDelay {
                        state.deadline = uptime() + delay
                    }
                    observer.read(lines: state.linesRead, bytes: state.reader.byteCount)
                    return chunk
                }
            } catch {
                state.failure = error
                state.isEnded = true
            }
        }
        return nil
    }
}

/// A parsed and sorted batch, but for its columns, which stay where they are.
struct ReadyBatch {
    /// What is durable once this batch is.
    let progress: IngestProgress
    let rejections: [RejectedLine]
    /// No line was accepted, so that there is nothing to store.
    let isEmpty: Bool

    /// Tells every rejection, in line order.
    func report(_ observer: some IngestObserver) throws {
        for line in rejections {
            try observer.rejected(
                IngestRejection(
                    input: line.source, line: line.line, reason: line.fault.reason,
                    message: line.fault.message, text: line.input))
        }
    }
}
