import Glibc
import TCCore

extension StringTable {
    @inline(__always)
    func string(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(
            start: bytes + Int(offsets[index]), count: Int(offsets[index + 1] - offsets[index]))
    }
}

extension ColumnEncoder {
    /// A required column whose strings the caller has numbered; codes as runs, since such a column
    /// is the one that rows are sorted by.
    func encodeCoded(
        _ column: Column, _ source: UnsafePointer<UInt32>, _ entries: StringTable, _ rows: Int,
        _ order: UnsafePointer<UInt32>?
    ) throws(TCError) -> EncodedColumn {
        var builder = ChunkBuilder(
            column, encoding: .rleDictionary, compressor: compressor, body: body)
        try addDictionary(entries, to: &builder)
        let pages = pageRanges(rows)
        let most = pages[0].count
        wideCodes.reserve(most + 8)
        values.reserve(runBound(most))
        validity.reserve(most / 64 + 1)
        validity.base.initialize(repeating: .max, count: most / 64 + 1)
        let width = max((bitWidth(UInt64(entries.count - 1)) + 7) & ~7, 8)
        let isSorted = isAscending(entries)
        for page in pages {
            let codes = wideCodes.base
            if let order = order.map({ $0 + page.lowerBound }) {
                for row in 0..<page.count { codes[row] = source[Int(order[row])] }
            } else {
                codes.update(from: source + page.lowerBound, count: page.count)
            }
            let bounds = codeBounds(codes, page.count, entries, isSorted)
            let length = encodeRuns(codes, page.count, width: width, into: values.base)
            try builder.addPage(
                values.base, length, levels: pageLevels(column, validity.base, page.count),
                rows: page.count, nullCount: 0, bounds: bounds)
        }
        return builder.chunk
    }

    private func codeBounds(
        _ codes: UnsafePointer<UInt32>, _ count: Int, _ entries: StringTable, _ isSorted: Bool
    ) -> Bounds? {
        var least = codes[0]
        var greatest = codes[0]
        for row in 1..<max(count, 1) where codes[row] != codes[row - 1] {
            let code = codes[row]
            if isSorted {
                least = min(least, code)
                greatest = max(greatest, code)
            } else {
                if precedes(entries.string(Int(code)), entries.string(Int(least))) { least = code }
                if precedes(entries.string(Int(greatest)), entries.string(Int(code))) {
                    greatest = code
                }
            }
        }
        return Bounds(strings: entries.string(Int(least)), entries.string(Int(greatest)))
    }

    /// An optional column of a few words.
    func encodeWords(
        _ column: Column, _ source: UnsafePointer<UInt8>, _ entries: StringTable, _ rows: Int,
        _ order: UnsafePointer<UInt32>?
    ) throws(TCError) -> EncodedColumn {
        let pages = pageRanges(rows)
        let most = pages[0].count
        codes.reserve(most + 8)
        validity.reserve(most / 64 + 1)
        values.reserve(most * 2 + 64)
        var builder = ChunkBuilder(
            column, encoding: .rleDictionary, compressor: compressor, body: body)
        try addDictionary(entries, to: &builder)
        for page in pages {
            let present = gather(source, page, order)
            guard column.isOptional || present == page.count else { throw missingValue(column) }
            let bounds = wordBounds(present, entries)
            let length = encodeCodes(codes.base, present, width: 8, into: values.base)
            try builder.addPage(
                values.base, length, levels: pageLevels(column, validity.base, page.count),
                rows: page.count, nullCount: page.count - present, bounds: bounds)
        }
        if builder.chunk.nullCount == rows { return try encodeAbsent(column, rows) }
        return builder.chunk
    }

    /// Gathers the entries' numbers of a page into `codes`, with a bit for each row.
    private func gather(
        _ source: UnsafePointer<UInt8>, _ page: Range<Int>, _ order: UnsafePointer<UInt32>?
    ) -> Int {
        if let order = order.map({ $0 + page.lowerBound }) {
            gatherWords(page.count, codes.base, validity.base) { source[Int(order[$0])] }
        } else {
            gatherWords(page.count, codes.base, validity.base) { source[page.lowerBound + $0] }
        }
    }

    private func wordBounds(_ present: Int, _ entries: StringTable) -> Bounds? {
        if present == 0 { return nil }
        var isUsed = [Bool](repeating: false, count: 256)
        isUsed.withUnsafeMutableBufferPointer { isUsed in
            for row in 0..<present { isUsed[Int(codes.base[row] & 255)] = true }
        }
        var least: UnsafeBufferPointer<UInt8>?
        var greatest: UnsafeBufferPointer<UInt8>?
        for entry in 0..<entries.count where isUsed[entry] {
            let string = entries.string(entry)
            if least == nil || precedes(string, least!) { least = string }
            if greatest == nil || precedes(greatest!, string) { greatest = string }
        }
        return least.flatMap { Bounds(strings: $0, greatest!) }
    }

    /// The entries as a PLAIN dictionary page: each with its length in four bytes.
    func addDictionary(_ entries: StringTable, to builder: inout ChunkBuilder) throws(TCError) {
        let count = entries.count
        values.reserve(count * 4 + Int(entries.offsets[count] - entries.offsets[0]))
        var length = 0
        for index in 0..<count {
            let string = entries.string(index)
            values.base.store(UInt32(string.count), length)
            if let base = string.baseAddress {
                (values.base + length + 4).update(from: base, count: string.count)
            }
            length += 4 + string.count
        }
        try builder.addDictionary(values.base, length, entries: count)
    }

    private func isAscending(_ entries: StringTable) -> Bool {
        for index in 1..<max(entries.count, 1)
        where !precedes(entries.string(index - 1), entries.string(index)) {
            return false
        }
        return true
    }
}

@inline(__always)
private func gatherWords(
    _ count: Int, _ codes: UnsafeMutablePointer<UInt16>, _ words: UnsafeMutablePointer<UInt64>,
    _ word: (Int) -> UInt8
) -> Int {
    var present = 0
    var row = 0
    while row < count {
        let end = min(row &+ 64, count)
        let start = row
        var bits: UInt64 = 0
        while row < end {
            let code = word(row)
            codes[present] = UInt16(code) &- 1
            present &+= code == 0 ? 0 : 1
            bits |= (code == 0 ? 0 : 1) &<< UInt64(row &- start)
            row &+= 1
        }
        words[start >> 6] = bits
    }
    return present
}

/// Whether `left` comes before `right` by unsigned bytes.
func precedes(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    let shared = min(left.count, right.count)
    let order = shared == 0 ? 0 : memcmp(left.baseAddress!, right.baseAddress!, shared)
    return order == 0 ? left.count < right.count : order < 0
}
