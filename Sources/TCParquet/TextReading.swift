import Glibc
import TCCore

extension ColumnReader {
    /// Appends one string a row, empty where null.
    public func readStrings(rows: Range<Int>, into target: inout StringColumn) throws {
        precondition(stored.column.type == .string)
        target.offsets.reserveCapacity(target.offsets.count + rows.count)
        try forEachRun(rows: rows) { string, run in
            for _ in run {
                target.bytes.append(contentsOf: string)
                guard let end = UInt32(exactly: target.bytes.count) else {
                    throw TCError(
                        .io, "\(file.path): column \(stored.column.name): more than 4 GiB at once")
                }
                target.offsets.append(end)
            }
        }
    }

    /// Calls `body` for each maximal run of equal strings, in row order; null counts as empty. Cost
    /// grows with the runs, not the rows, where the column is dictionary coded and sorted.
    ///
    /// The bytes are borrowed for the call.
    public func forEachRun(
        rows: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>, Range<Int>) throws -> Void
    ) throws {
        precondition(stored.column.type == .string)
        var runs = RunCollector(start: rows.lowerBound)
        try forEachPage(rows) { local, done in
            let first = rows.lowerBound + done
            switch page.nulls {
            case .all:
                try runs.add(UnsafeBufferPointer(start: nil, count: 0), local.count, body)
            case .none where codes != nil:
                try addCodedRuns(local, &runs, body)
            default:
                var value = valueRange(local).lowerBound
                for row in local {
                    if page.nulls == .some && !loader.presence.isPresent(row) {
                        try runs.add(UnsafeBufferPointer(start: nil, count: 0), 1, body)
                    } else {
                        try runs.add(try text(value), 1, body)
                        value += 1
                    }
                }
            }
            assert(runs.end == first + local.count)
        }
        try runs.finish(body)
    }

    /// The text of one of the page's values.
    func text(_ index: Int) throws -> UnsafeBufferPointer<UInt8> {
        guard codes != nil else { return texts[index] }
        var code = 0
        switch codes!.piece(from: index, wanted: 1) {
        case nil: throw malformedValues()
        case .repeated(let repeated, _): code = Int(repeated)
        case .packed(let bytes, let from, _):
            codes!.unpack(bytes, from: from, count: 1, into: codeScratch.base)
            code = Int(codeScratch.base[0])
        }
        guard code < dictionaryCount else { throw malformedValues() }
        return textEntries[code]
    }

    /// The pieces that hold the codes `values`, each at most as long as `codeScratch`.
    func forEachPiece(
        _ values: Range<Int>, _ body: (Int, HybridDecoder.Piece) throws -> Void
    ) throws {
        var next = values.lowerBound
        while next < values.upperBound {
            guard let piece = codes!.piece(from: next, wanted: min(values.upperBound - next, 1024))
            else { throw malformedValues() }
            try body(next, piece)
            switch piece {
            case .repeated(_, let length): next += length
            case .packed(_, _, let length): next += length
            }
        }
    }

    private func addCodedRuns(
        _ values: Range<Int>, _ runs: inout RunCollector,
        _ body: (UnsafeBufferPointer<UInt8>, Range<Int>) throws -> Void
    ) throws {
        try forEachPiece(values) { _, piece in
            switch piece {
            case .repeated(let code, let length):
                guard code < dictionaryCount else { throw malformedValues() }
                try runs.add(textEntries[Int(code)], length, body)
            case .packed(let bytes, let from, let length):
                let scratch = codeScratch.base
                codes!.unpack(bytes, from: from, count: length, into: scratch)
                var start = 0
                while start < length {
                    var end = start + 1
                    while end < length && scratch[end] == scratch[start] { end += 1 }
                    guard scratch[start] < dictionaryCount else { throw malformedValues() }
                    try runs.add(textEntries[Int(scratch[start])], end - start, body)
                    start = end
                }
            }
        }
    }
}

/// Joins neighbouring pieces of the same string. It keeps a copy of the string, since its source
/// may be a page or a dictionary that is gone when the run ends.
private struct RunCollector {
    private var string: [UInt8] = []
    private var start: Int
    private(set) var end: Int

    init(start: Int) {
        self.start = start
        end = start
    }

    mutating func add(
        _ next: UnsafeBufferPointer<UInt8>, _ length: Int,
        _ body: (UnsafeBufferPointer<UInt8>, Range<Int>) throws -> Void
    ) throws {
        let isSame = string.withUnsafeBufferPointer { own in
            own.count == next.count
                && (own.count == 0 || memcmp(own.baseAddress!, next.baseAddress!, own.count) == 0)
        }
        if !isSame || start == end {
            try finish(body)
            string.removeAll(keepingCapacity: true)
            string.append(contentsOf: next)
            start = end
        }
        end += length
    }

    func finish(_ body: (UnsafeBufferPointer<UInt8>, Range<Int>) throws -> Void) throws {
        if start == end { return }
        try string.withUnsafeBufferPointer { try body($0, start..<end) }
    }
}
