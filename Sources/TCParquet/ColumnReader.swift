import CZstd
import TCCore

/// Reads ranges of one column of one file, cheapest in ascending order: the current page stays
/// decompressed and the dictionary decoded. One per thread.
///
/// Rows are numbered over the whole file; a range may span pages and row groups and must lie in
/// `0..<file.rowCount`. Destinations hold `rows.count` values. Within a page only the rows asked
/// for are decoded, except times, whose encoding has no way in but from the front.
public final class ColumnReader {
    let file: ParquetFile
    let stored: StoredColumn
    private let column: Int
    let loader: PageLoader

    private var group = -1
    private var places: [PagePlace] = []
    private var pageIndex = -1
    private var hasDictionary = false
    private(set) var page: LoadedPage
    /// The current page's rows, numbered over the whole file.
    private(set) var pageRows = 0..<0

    /// Counts dictionaries, so that what is derived from one is known to be stale.
    private(set) var dictionaryNumber = 0
    var dictionaryCount = 0
    let doubleEntries = Scratch<Double>()
    let timeEntries = Scratch<Int64>()
    var textEntries = TextList()

    /// The current page's codes, where it is dictionary coded.
    var codes: HybridDecoder?
    let codeScratch = Scratch<UInt32>(1024)
    /// The current page's values, where they are decoded as a whole.
    let times = Scratch<Int64>()
    let doubles = Scratch<Double>()
    var texts = TextList()
    var wordMap = WordMap()
    var matching = MatchingCodes()
    /// Values that are looked through and not handed out.
    let searched = Scratch<Double>()

    /// `column` is an index into `file.columns`.
    public init(file: ParquetFile, column: Int) throws {
        self.file = file
        self.column = column
        stored = file.stored[column]
        loader = PageLoader(file: file, column: column)
        page = LoadedPage(
            values: UnsafePointer(codeScratch.base).withMemoryRebound(
                to: UInt8.self, capacity: 0
            ) { $0 })
    }

    /// Calls `body` with each piece of `rows` that lies in one page, which is then the current one:
    /// rows numbered within the page, and how many rows came before.
    func forEachPage(
        _ rows: Range<Int>, _ body: (Range<Int>, Int) throws -> Void
    ) throws {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= file.rowCount)
        var row = rows.lowerBound
        while row < rows.upperBound {
            if !pageRows.contains(row) { try seek(row) }
            let end = min(rows.upperBound, pageRows.upperBound)
            try body(
                row - pageRows.lowerBound..<end - pageRows.lowerBound, row - rows.lowerBound)
            row = end
        }
    }

    /// Makes the page that holds `row` the current one.
    private func seek(_ row: Int) throws {
        if group < 0 || !file.rowGroups[group].rows.contains(row) {
            group = firstIndex(file.rowGroups.count) { file.rowGroups[$0].rows.upperBound > row }
            hasDictionary = false
            pageRows = 0..<0
            pageIndex = -1
            places = try file.pagePlaces(rowGroup: group, column: column)
        }
        let start = file.rowGroups[group].rows.lowerBound
        let next = pageIndex + 1
        if next < places.count && places[next].rows.contains(row - start) {
            pageIndex = next
        } else {
            pageIndex = firstIndex(places.count) { places[$0].rows.upperBound > row - start }
        }
        // Not the current page until it is loaded, lest a failure leave half of one.
        pageRows = 0..<0
        let chunk = file.chunks[group][column]
        let place = places[pageIndex]
        if chunk.dictionaryPageOffset != nil && !hasDictionary {
            try loadDictionary(chunk)
            hasDictionary = true
        }
        page = try loader.load(place, of: chunk)
        codes = nil
        if page.presentCount > 0 { try prepare(place.offset) }
        pageRows = place.rows.lowerBound + start..<place.rows.upperBound + start
    }

    /// The first index for which `isBeyond` holds; it holds for the last.
    private func firstIndex(_ count: Int, _ isBeyond: (Int) -> Bool) -> Int {
        var low = 0
        var high = count - 1
        while low < high {
            let middle = (low + high) / 2
            if isBeyond(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private func loadDictionary(_ chunk: StoredChunk) throws {
        let offset = chunk.dictionaryPageOffset ?? 0
        let (values, byteCount, count) = try loader.dictionary(of: chunk)
        dictionaryNumber += 1
        dictionaryCount = count
        guard count <= ReaderLimits.pageBytes else { throw malformed(offset) }
        if stored.column.type == .string {
            guard textEntries.parsePlain(values, byteCount, count: count, isExact: file.isOurs)
            else { throw malformed(offset) }
            return
        }
        let width = stored.valueWidth
        guard count * width == byteCount || (!file.isOurs && count * width < byteCount) else {
            throw malformed(offset)
        }
        if stored.column.type == .double {
            doubleEntries.reserve(count)
            try convert(values, count, into: doubleEntries.base)
        } else {
            timeEntries.reserve(count)
            try convert(values, count, into: timeEntries.base)
        }
    }

    /// Decodes of the loaded page what cannot be decoded by ranges.
    private func prepare(_ offset: Int) throws {
        let count = page.presentCount
        switch (page.encoding, stored.column.type) {
        case (.rleDictionary, _), (.plainDictionary, _):
            guard hasDictionary, page.byteCount > 0, page.values[0] <= 32 else {
                throw malformed(offset)
            }
            codes = HybridDecoder(
                page.values + 1, page.byteCount - 1, width: Int(page.values[0]), count: count)
        case (.plain, .string):
            guard texts.parsePlain(page.values, page.byteCount, count: count, isExact: file.isOurs)
            else { throw malformed(offset) }
        case (.deltaLengthByteArray, .string):
            guard count <= ReaderLimits.pageRows else { throw malformed(offset) }
            times.reserve(count + 2)
            guard
                texts.parseDeltaLength(
                    page.values, page.byteCount, count: count, scratch: times.base)
            else { throw malformed(offset) }
        case (.plain, _):
            guard count <= page.byteCount / stored.valueWidth else { throw malformed(offset) }
            try prepareNumbers(page.values, count)
        case (.deltaBinaryPacked, _)
        where stored.physical == .int64 || stored.physical == .int32:
            guard count <= ReaderLimits.pageRows else { throw malformed(offset) }
            times.reserve(count + 2)
            guard
                DeltaDecoder.decode(
                    page.values, page.byteCount, count: count, into: times.base) != nil
            else { throw malformed(offset) }
            try finishDelta(count)
        case (.byteStreamSplit, .double), (.byteStreamSplit, .timestampMillis):
            guard count * stored.valueWidth == page.byteCount else { throw malformed(offset) }
            // Doubles are joined range by range when they are read.
            if stored.physical != .double { try prepareStreams(count) }
        default:
            throw loader.damaged("unsupported encoding \(page.encoding)", at: offset)
        }
    }

    private func malformed(_ offset: Int) -> TCError {
        loader.damaged("its values are malformed", at: offset)
    }

    /// An error about the current page's values, found while they are read.
    func malformedValues() -> TCError {
        malformed(pageIndex >= 0 && pageIndex < places.count ? places[pageIndex].offset : 0)
    }

    /// The place among the page's values of the rows `local`.
    func valueRange(_ local: Range<Int>) -> Range<Int> {
        switch page.nulls {
        case .none: local
        case .all: 0..<0
        case .some: loader.presence.rank(local.lowerBound)..<loader.presence.rank(local.upperBound)
        }
    }
}
