import CZstd
import TCCore

extension ColumnEncoder {
    /// What the first pass over a column of doubles learned of each page.
    private struct Page {
        let rows: Range<Int>
        let present: Int
        /// The page's first code in `codes`.
        let firstCode: Int
        let bounds: Bounds?
    }

    /// Numbers as a dictionary or BYTE_STREAM_SPLIT, whichever is smaller.
    func encodeDoubles(
        _ column: Column, _ source: UnsafePointer<Double>, _ rows: Int,
        _ order: UnsafePointer<UInt32>?
    ) throws(TCError) -> EncodedColumn {
        let ranges = pageRanges(rows)
        let most = ranges[0].count
        doubles.reserve(most + 8)
        // Whole words for each page, so that pages need not be multiples of 64 rows.
        let wordsPerPage = (most + 63) / 64
        validity.reserve(wordsPerPage * ranges.count)
        if let pages = try numberValues(column, source, ranges, order, wordsPerPage) {
            let valueCount = pages.reduce(0) { $0 + $1.present }
            if valueCount == 0 { return try encodeAbsent(column, rows) }
            if let width = try codeWidth(pages, source, order, valueCount) {
                return try writeDictionary(column, pages, wordsPerPage, width)
            }
        }
        return try writeStreams(column, ranges, source, order)
    }

    /// Gathers and numbers the values; nil as soon as there are too many distinct ones, which for
    /// places and the odometer shows within a page or three.
    private func numberValues(
        _ column: Column, _ source: UnsafePointer<Double>, _ ranges: [Range<Int>],
        _ order: UnsafePointer<UInt32>?, _ wordsPerPage: Int
    ) throws(TCError) -> [Page]? {
        codes.reserve(ranges[ranges.count - 1].upperBound + 8)
        dictionary.removeAll()
        var pages: [Page] = []
        var codeCount = 0
        for (index, range) in ranges.enumerated() {
            let present = gather(source, range, order, validity.base + index * wordsPerPage)
            guard column.isOptional || present == range.count else { throw missingValue(column) }
            let before = dictionary.count
            guard numbered(present, codes.base + codeCount) else { return nil }
            // After two pages the vocabulary of a signal with few values is nearly complete, so
            // what the third adds tells how it goes on.
            let added = dictionary.count - before
            let projected = dictionary.count + added * (ranges.count - index)
            if index >= 2 && projected > DoubleDictionary.limit { return nil }
            if index == 0 && ranges.count > 8 && added > 4096 && added * 4 > present { return nil }
            pages.append(
                Page(
                    rows: range, present: present, firstCode: codeCount,
                    bounds: bounds(doubles.base, present)))
            codeCount += present
        }
        return pages
    }

    private func numbered(_ present: Int, _ codes: UnsafeMutablePointer<UInt16>) -> Bool {
        doubles.base.withMemoryRebound(to: UInt64.self, capacity: present) {
            dictionary.add($0, present, codes: codes)
        }
    }

    /// Gathers a page's values that are not null into `doubles`, with a bit for each row.
    private func gather(
        _ source: UnsafePointer<Double>, _ page: Range<Int>, _ order: UnsafePointer<UInt32>?,
        _ words: UnsafeMutablePointer<UInt64>
    ) -> Int {
        if let order {
            gatherPresent(source, order + page.lowerBound, page.count, doubles.base, words)
        } else {
            copyPresent(source + page.lowerBound, page.count, doubles.base, words)
        }
    }

    /// The code width of the smallest dictionary encoding; nil where streams are smaller. Judged by
    /// the page with the most values.
    private func codeWidth(
        _ pages: [Page], _ source: UnsafePointer<Double>, _ order: UnsafePointer<UInt32>?,
        _ valueCount: Int
    ) throws(TCError) -> Int? {
        let page = pages.max { $0.present < $1.present }!
        let narrow = max(bitWidth(UInt64(dictionary.count - 1)), 1)
        // Whole bytes let zstd see the values; odd widths win where there is only noise.
        let wide = narrow <= 8 ? 8 : 16
        values.reserve(page.present * 8 + 64)
        var best = (width: wide, size: Int.max)
        for width in wide == 8 || narrow == 16 ? [wide] : [wide, narrow] {
            let length = encodeCodes(
                copyCodes(page), page.present, width: width, into: values.base)
            let size = try trialSize(values.base, length, compressor)
            if size < best.size { best = (width, size) }
        }
        // In a large chunk a small dictionary always wins; skip the costlier trial.
        if dictionary.count <= 4096 && valueCount >= 1 << 16 { return best.width }
        _ = gather(source, page.rows, order, trialWords(page.rows.count))
        tc_split_streams(UnsafeRawPointer(doubles.base), page.present, values.base)
        let streams = try trialSize(values.base, page.present * 8, compressor)
        let entries = try dictionary.entries.base.withMemoryRebound(
            to: UInt8.self, capacity: dictionary.count * 8
        ) { (entries) throws(TCError) in
            try trialSize(entries, dictionary.count * 8, compressor)
        }
        let scale = Double(valueCount) / Double(page.present)
        return Double(best.size) * scale + Double(entries) <= Double(streams) * scale
            ? best.width : nil
    }

    /// Validity words that nothing reads.
    private func trialWords(_ rows: Int) -> UnsafeMutablePointer<UInt64> {
        times.reserve(rows / 64 + 1)
        return UnsafeMutableRawPointer(times.base).assumingMemoryBound(to: UInt64.self)
    }

    /// The page's codes where encoding may pad them without touching the next page's.
    private func copyCodes(_ page: Page) -> UnsafeMutablePointer<UInt16> {
        wideCodes.reserve(page.present / 2 + 16)
        let copy = UnsafeMutableRawPointer(wideCodes.base).assumingMemoryBound(to: UInt16.self)
        copy.update(from: codes.base + page.firstCode, count: page.present)
        return copy
    }

    private func writeDictionary(
        _ column: Column, _ pages: [Page], _ wordsPerPage: Int, _ width: Int
    ) throws(TCError) -> EncodedColumn {
        var builder = ChunkBuilder(
            column, encoding: .rleDictionary, compressor: compressor, body: body)
        let entryCount = dictionary.count
        try UnsafeMutableRawPointer(dictionary.entries.base)
            .withMemoryRebound(to: UInt8.self, capacity: entryCount * 8) {
                (entries) throws(TCError) in
                try builder.addDictionary(entries, entryCount * 8, entries: entryCount)
            }
        for (index, page) in pages.enumerated() {
            values.reserve(page.present * 2 + 64)
            let length = encodeCodes(
                copyCodes(page), page.present, width: width, into: values.base)
            try builder.addPage(
                values.base, length,
                levels: pageLevels(column, validity.base + index * wordsPerPage, page.rows.count),
                rows: page.rows.count, nullCount: page.rows.count - page.present,
                bounds: page.bounds)
        }
        return builder.chunk
    }

    private func writeStreams(
        _ column: Column, _ ranges: [Range<Int>], _ source: UnsafePointer<Double>,
        _ order: UnsafePointer<UInt32>?
    ) throws(TCError) -> EncodedColumn {
        var builder = ChunkBuilder(
            column, encoding: .byteStreamSplit, compressor: compressor, body: body)
        for page in ranges {
            let present = gather(source, page, order, validity.base)
            guard column.isOptional || present == page.count else { throw missingValue(column) }
            values.reserve(present * 8)
            tc_split_streams(UnsafeRawPointer(doubles.base), present, values.base)
            try builder.addPage(
                values.base, present * 8, levels: pageLevels(column, validity.base, page.count),
                rows: page.count, nullCount: page.count - present,
                bounds: bounds(doubles.base, present))
        }
        return builder.chunk
    }
}

/// Copies the values at `order` that are not NaN, with a bit for each row; returns their number.
private func gatherPresent(
    _ source: UnsafePointer<Double>, _ order: UnsafePointer<UInt32>, _ count: Int,
    _ target: UnsafeMutablePointer<Double>, _ words: UnsafeMutablePointer<UInt64>
) -> Int {
    var present = 0
    var row = 0
    while row < count {
        let end = min(row &+ 64, count)
        var word: UInt64 = 0
        var bit: UInt64 = 1
        let start = row
        while row < end {
            let value = source[Int(order[row])]
            target[present] = value
            let isPresent = value == value
            present &+= isPresent ? 1 : 0
            word |= isPresent ? bit : 0
            bit = bit &<< 1
            row &+= 1
        }
        words[start >> 6] = word
    }
    return present
}

/// As `gatherPresent`, in the rows' own order.
private func copyPresent(
    _ source: UnsafePointer<Double>, _ count: Int, _ target: UnsafeMutablePointer<Double>,
    _ words: UnsafeMutablePointer<UInt64>
) -> Int {
    var present = 0
    var row = 0
    while row < count {
        let end = min(row &+ 64, count)
        var word: UInt64 = 0
        var bit: UInt64 = 1
        let start = row
        while row < end {
            let value = source[row]
            target[present] = value
            let isPresent = value == value
            present &+= isPresent ? 1 : 0
            word |= isPresent ? bit : 0
            bit = bit &<< 1
            row &+= 1
        }
        words[start >> 6] = word
    }
    return present
}

/// The bounds of values of which none is NaN; nil where there are none.
private func bounds(_ values: UnsafePointer<Double>, _ count: Int) -> Bounds? {
    if count == 0 { return nil }
    var low = SIMD4<Double>(repeating: values[0])
    var high = low
    var index = 0
    while index &+ 4 <= count {
        let next = UnsafeRawPointer(values + index).loadUnaligned(as: SIMD4<Double>.self)
        low.replace(with: next, where: next .< low)
        high.replace(with: next, where: next .> high)
        index &+= 4
    }
    var smallest = low.min()
    var largest = high.max()
    while index < count {
        smallest = min(smallest, values[index])
        largest = max(largest, values[index])
        index += 1
    }
    return Bounds(smallest, largest)
}
