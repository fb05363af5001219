import TCCore
import TCParquet

/// Holds what the pages and chunks of one column say of their values against the values.
///
/// Bounds of numbers and times must be met exactly; those of strings may be shortened, so they must
/// only enclose. What a file does not say is not missed: other writers leave out much.
struct StatisticsChecker {
    /// The least and greatest of some rows and how many have no value.
    struct Summary {
        var minimum: Bound?
        var maximum: Bound?
        var nulls = 0

        mutating func add(_ other: Summary) {
            if let low = other.minimum, minimum == nil || low < minimum! { minimum = low }
            if let high = other.maximum, maximum == nil || maximum! < high { maximum = high }
            nulls += other.nulls
        }
    }

    private let file: ParquetFile
    private let name: String
    /// Pages with the row group that each lies in.
    private let pages: [(info: PageInfo, group: Int)]
    private let chunks: [PageInfo]
    private var page = 0
    private var row = 0
    private var ofPage = Summary()
    private var ofChunk = Summary()

    init(_ file: ParquetFile, column: Int) throws {
        self.file = file
        name = file.columns[column].name
        var pages: [(PageInfo, Int)] = []
        for group in file.rowGroups.indices {
            pages += try file.pages(rowGroup: group, column: column).map { ($0, group) }
        }
        self.pages = pages
        chunks = file.rowGroups.indices.map { file.chunk(rowGroup: $0, column: column) }
    }

    /// Takes the next rows. `summary` is asked about pieces of `rows` that lie in one page each.
    mutating func take(_ rows: Range<Int>, _ summary: (Range<Int>) throws -> Summary) throws {
        var start = rows.lowerBound
        while start < rows.upperBound {
            guard page < pages.count, pages[page].info.rows.contains(start), start == row else {
                throw wrong("row \(start) is in no page")
            }
            let end = min(rows.upperBound, pages[page].info.rows.upperBound)
            ofPage.add(try summary(start..<end))
            row = end
            start = end
            if end == pages[page].info.rows.upperBound { try endPage() }
        }
    }

    /// Called after the last row.
    func finish() throws {
        guard row == file.rowCount, page == pages.count else {
            throw wrong("its pages hold \(row) rows, the file \(file.rowCount)")
        }
    }

    private mutating func endPage() throws {
        try compare(ofPage, pages[page].info)
        ofChunk.add(ofPage)
        ofPage = Summary()
        let group = pages[page].group
        page += 1
        if page == pages.count || pages[page].group != group {
            try compare(ofChunk, chunks[group])
            ofChunk = Summary()
        }
    }

    private func compare(_ found: Summary, _ said: PageInfo) throws {
        if let nulls = said.nullCount, nulls != found.nulls {
            throw wrong("rows \(said.rows) have \(found.nulls) nulls, its statistics say \(nulls)")
        }
        // Without a value there is nothing to bound, and a bound would be wrong to have.
        guard let low = found.minimum, let high = found.maximum else {
            if said.minimum != nil || said.maximum != nil {
                throw wrong("rows \(said.rows) have no value, its statistics say they do")
            }
            return
        }
        if let minimum = said.minimum, !agrees(minimum, low, encloses: !(low < minimum)) {
            throw wrong("the least value in rows \(said.rows) is not what its statistics say")
        }
        if let maximum = said.maximum, !agrees(maximum, high, encloses: !(maximum < high)) {
            throw wrong("the greatest value in rows \(said.rows) is not what its statistics say")
        }
    }

    private func agrees(_ said: Bound, _ found: Bound, encloses: Bool) -> Bool {
        switch (said, found) {
        // Zero bounds carry signs of their own, and -0 equals 0.
        case (.double(let a), .double(let b)): a == b
        case (.timestamp(let a), .timestamp(let b)): a == b
        case (.string, .string): encloses
        default: false
        }
    }

    private func wrong(_ text: String) -> TCError {
        TCError(.io, "'\(file.path)': column \(name): \(text)")
    }
}
