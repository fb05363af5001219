import Glibc
import TCCore

/// Strings that lie in one block of bytes: a dictionary's entries, or a page's values.
struct TextList {
    /// A dictionary's bytes must outlive the page that they were read with, so they are copied.
    private let bytes = Scratch<UInt8>()
    private let offsets = Scratch<UInt32>()
    private(set) var count = 0

    subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
        let start = Int(offsets.base[index])
        return UnsafeBufferPointer(
            start: UnsafePointer(bytes.base) + start, count: Int(offsets.base[index + 1]) - start)
    }

    /// PLAIN: each string after its length in four bytes. False where they do not fit the bytes.
    mutating func parsePlain(
        _ source: UnsafePointer<UInt8>, _ length: Int, count: Int, isExact: Bool
    ) -> Bool {
        guard count <= length / 4 else { return false }
        bytes.reserve(length - count * 4)
        offsets.reserve(count + 1)
        var from = 0
        var to = 0
        for index in 0..<count {
            offsets.base[index] = UInt32(to)
            guard length - from >= 4 else { return false }
            let size = Int(source.load(from, as: UInt32.self))
            from += 4
            guard size <= length - from else { return false }
            (bytes.base + to).update(from: source + from, count: size)
            from += size
            to += size
        }
        offsets.base[count] = UInt32(to)
        self.count = count
        return from == length || !isExact
    }

    /// DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes. `scratch` holds `count` lengths.
    mutating func parseDeltaLength(
        _ source: UnsafePointer<UInt8>, _ length: Int, count: Int,
        scratch: UnsafeMutablePointer<Int64>
    ) -> Bool {
        guard let start = DeltaDecoder.decode(source, length, count: count, into: scratch) else {
            return false
        }
        offsets.reserve(count + 1)
        var end = 0
        for index in 0..<count {
            offsets.base[index] = UInt32(end)
            guard scratch[index] >= 0, scratch[index] <= length - start - end else { return false }
            end += Int(scratch[index])
        }
        offsets.base[count] = UInt32(end)
        bytes.reserve(end)
        bytes.base.update(from: source + start, count: end)
        self.count = count
        return true
    }
}

/// Which word each dictionary entry is, for one dictionary and one list of words.
struct WordMap {
    /// Stands for an entry that is not among the words.
    static let unknown: UInt8 = 255

    var dictionaryNumber = -1
    var words: [String] = []
    /// At least 256 long, so that a one-byte code needs no check.
    var codes: [UInt8] = []
}

extension ColumnReader {
    /// Null is 0, else the index in `entries` plus one; at most 254 entries. A word that is not
    /// among `entries` is an error that names the file and the value.
    public func readWords(
        rows: Range<Int>, into target: UnsafeMutablePointer<UInt8>, entries: [String]
    ) throws {
        precondition(stored.column.type == .string && entries.count < Int(WordMap.unknown))
        try forEachPage(rows) { local, done in
            let target = target + done
            let values = valueRange(local)
            if codes != nil {
                try mapWords(values, entries, target)
            } else {
                for index in values {
                    target[index - values.lowerBound] = code(of: texts[index], entries)
                }
            }
            var worst: UInt8 = 0
            for index in 0..<values.count { worst = max(worst, target[index]) }
            if worst == WordMap.unknown { throw try unknownWord(values, entries) }
            spread(local, values.count, target, absent: 0)
        }
    }

    private func code(of string: UnsafeBufferPointer<UInt8>, _ entries: [String]) -> UInt8 {
        let index = entries.firstIndex { $0.utf8.elementsEqual(string) }
        return index.map { UInt8($0 + 1) } ?? WordMap.unknown
    }

    private func mapWords(
        _ values: Range<Int>, _ entries: [String], _ target: UnsafeMutablePointer<UInt8>
    ) throws {
        if wordMap.dictionaryNumber != dictionaryNumber || wordMap.words != entries {
            wordMap.codes = [UInt8](repeating: WordMap.unknown, count: max(dictionaryCount, 256))
            for index in 0..<dictionaryCount {
                wordMap.codes[index] = code(of: textEntries[index], entries)
            }
            wordMap.words = entries
            wordMap.dictionaryNumber = dictionaryNumber
        }
        try wordMap.codes.withUnsafeBufferPointer { map in
            try forEachPiece(values) { index, piece in
                let out = target + (index - values.lowerBound)
                switch piece {
                case .repeated(let code, let length):
                    guard code < map.count else { throw malformedValues() }
                    out.update(repeating: map[Int(code)], count: length)
                case .packed(let bytes, let from, let length) where codes!.byteWidth == 1:
                    let bytes = bytes + from
                    let base = map.baseAddress!
                    for index in 0..<length { out[index] = base[Int(bytes[index])] }
                case .packed(let bytes, let from, let length):
                    let scratch = codeScratch.base
                    codes!.unpack(bytes, from: from, count: length, into: scratch)
                    for index in 0..<length {
                        guard scratch[index] < map.count else { throw malformedValues() }
                        out[index] = map[Int(scratch[index])]
                    }
                }
            }
        }
    }

    private func unknownWord(_ values: Range<Int>, _ entries: [String]) throws -> TCError {
        var text = ""
        for index in values {
            let string = try self.text(index)
            if code(of: string, entries) == WordMap.unknown {
                text = String(decoding: string, as: UTF8.self)
                break
            }
        }
        return TCError(
            .io, "\(file.path): column \(stored.column.name) holds the unknown word \"\(text)\"",
            hint: "expected one of \(entries.joined(separator: ", "))")
    }

    /// The text of one of the page's values.
    private func text(_ index: Int) throws -> UnsafeBufferPointer<UInt8> {
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
    private func forEachPiece(
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
