import TCCore

extension ColumnEncoder {
    /// One string a row (the unknown fields): a dictionary where a trial page shows it to be
    /// smaller, else DELTA_LENGTH_BYTE_ARRAY. In an optional column the empty string is null.
    func encodeStrings(
        _ column: Column, _ table: StringTable, _ rows: Int, _ order: UnsafePointer<UInt32>?
    ) throws(TCError) -> EncodedColumn {
        let source = TextSource(table: table, order: order, isOptional: column.isOptional)
        guard let dictionary = source.dictionary(rows, codes: codes) else {
            return try writeTexts(column, source, textPages(source, rows))
        }
        if column.isOptional && dictionary.presentCount == 0 {
            return try encodeAbsent(column, rows)
        }
        let coded = try writeTextCodes(column, source, dictionary, rows)
        // Both are tried in full: the column is rare, and its texts vary too much for one page to
        // speak for all. Where they hardly repeat, the dictionary has given up before.
        let plain = try writeTexts(column, source, textPages(source, rows))
        return coded.byteCount <= plain.byteCount ? coded : plain
    }

    /// Pages of at most `rowsPerPage` rows and, beyond the first row, a mebibyte of text.
    private func textPages(_ source: TextSource, _ rows: Int) -> [Range<Int>] {
        var pages: [Range<Int>] = []
        var start = 0
        var bytes = 0
        for row in 0..<rows {
            let length = source[row].count
            if row > start && (row - start == rowsPerPage || bytes + length > 1 << 20) {
                pages.append(start..<row)
                start = row
                bytes = 0
            }
            bytes += length
        }
        pages.append(start..<rows)
        return pages
    }

    private func writeTextCodes(
        _ column: Column, _ source: TextSource, _ dictionary: TextDictionary, _ rows: Int
    ) throws(TCError) -> EncodedColumn {
        var builder = ChunkBuilder(
            column, encoding: .rleDictionary, compressor: compressor, body: body)
        let strings = dictionary.strings
        try strings.bytes.withUnsafeBufferPointer { (bytes) throws(TCError) in
            try strings.offsets.withUnsafeBufferPointer { (offsets) throws(TCError) in
                // An empty dictionary has no bytes to point at, but its one entry may be empty.
                let base = bytes.baseAddress ?? UnsafePointer(values.base)
                try addDictionary(
                    StringTable(bytes: base, offsets: offsets.baseAddress!, count: strings.count),
                    to: &builder)
            }
        }
        let width = strings.count <= 256 ? 8 : 16
        var firstCode = 0
        for page in pageRanges(rows) {
            let present = markPresent(source, page)
            values.reserve(present * 2 + 64)
            wideCodes.reserve(present / 2 + 16)
            let copy = UnsafeMutableRawPointer(wideCodes.base).assumingMemoryBound(to: UInt16.self)
            copy.update(from: codes.base + firstCode, count: present)
            firstCode += present
            let length = encodeCodes(copy, present, width: width, into: values.base)
            try builder.addPage(
                values.base, length, levels: pageLevels(column, validity.base, page.count),
                rows: page.count, nullCount: page.count - present,
                bounds: source.bounds(page))
        }
        return builder.chunk
    }

    private func writeTexts(
        _ column: Column, _ source: TextSource, _ pages: [Range<Int>]
    ) throws(TCError) -> EncodedColumn {
        var builder = ChunkBuilder(
            column, encoding: .deltaLengthByteArray, compressor: compressor, body: body)
        for page in pages {
            let present = markPresent(source, page)
            times.reserve(present)
            var lengths = 0
            var bytes = 0
            for row in page where source.isPresent(row) {
                let length = source[row].count
                times.base[lengths] = Int64(length)
                lengths += 1
                bytes += length
            }
            values.reserve(DeltaEncoder.bound(present) + bytes)
            var length = DeltaEncoder.encode(
                times.base, present, strategy: .exact, into: values.base)
            for row in page where source.isPresent(row) {
                let string = source[row]
                guard let base = string.baseAddress else { continue }
                (values.base + length).update(from: base, count: string.count)
                length += string.count
            }
            try builder.addPage(
                values.base, length, levels: pageLevels(column, validity.base, page.count),
                rows: page.count, nullCount: page.count - present, bounds: source.bounds(page))
        }
        return builder.chunk
    }

    /// Sets a bit for each present row of the page; returns their number.
    private func markPresent(_ source: TextSource, _ page: Range<Int>) -> Int {
        validity.reserve(page.count / 64 + 1)
        validity.base.initialize(repeating: 0, count: page.count / 64 + 1)
        var present = 0
        for row in 0..<page.count where source.isPresent(page.lowerBound + row) {
            validity.base[row >> 6] |= 1 << UInt64(row & 63)
            present += 1
        }
        return present
    }
}

/// The strings of a column in the order of its rows.
private struct TextSource {
    let table: StringTable
    let order: UnsafePointer<UInt32>?
    let isOptional: Bool

    subscript(row: Int) -> UnsafeBufferPointer<UInt8> {
        table.string(order.map { Int($0[row]) } ?? row)
    }

    func isPresent(_ row: Int) -> Bool { !isOptional || !self[row].isEmpty }

    func bounds(_ rows: Range<Int>) -> Bounds? {
        var least: UnsafeBufferPointer<UInt8>?
        var greatest: UnsafeBufferPointer<UInt8>?
        for row in rows where isPresent(row) {
            let string = self[row]
            if least == nil || precedes(string, least!) { least = string }
            if greatest == nil || precedes(greatest!, string) { greatest = string }
        }
        return least.flatMap { Bounds(strings: $0, greatest!) }
    }

    /// Numbers every present string; nil where there are too many different ones.
    func dictionary(_ rows: Int, codes: Scratch<UInt16>) -> TextDictionary? {
        codes.reserve(rows + 8)
        var result = TextDictionary()
        for row in 0..<rows where isPresent(row) {
            guard let number = result.strings.number(of: self[row]) else { return nil }
            codes.base[result.presentCount] = number
            result.presentCount += 1
            // Strings that rarely repeat are not worth a dictionary.
            if result.presentCount >= 1 << 14 && result.strings.count * 2 > result.presentCount {
                return nil
            }
        }
        return result
    }
}

private struct TextDictionary {
    var strings = StringDictionary()
    var presentCount = 0
}
