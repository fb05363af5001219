import TCCore
import TCParquet

/// The rows of a file in which a vehicle braked or sped up hard, with the acceleration: what is asked
/// of `accel_mps2` most, and one row in a thousand.
///
/// With it a question about harsh driving reads no column. An attachment of its own, since no other
/// question needs it. Where more than one row in `rowsPerEntry` is so, it would save nothing and is
/// left out; a question with a lower limit than `limit` looks at the column.
///
/// The bytes: the number of rows, then for each how many rows after the one before it lies (LEB128)
/// and the value's eight bytes.
struct HarshRows: Sendable, Equatable {
    static let attachmentName = "tc.harsh"
    /// m/s², in either direction: a quarter of the pull of the earth, below what any rule calls harsh.
    static let limit = 2.5
    private static let rowsPerEntry = 64

    /// Numbered over the file, ascending.
    private(set) var rows: [Int] = []
    private(set) var values: [Double] = []
    /// Rows that were looked at.
    private(set) var rowCount = 0
    /// Whether there were too many to keep.
    private var isCrowded = false

    private var mayGrow: Bool { rows.count < max(rowCount / HarshRows.rowsPerEntry, 16) }

    /// Looks at the next rows' accelerations; `values` is nil where none of them has any.
    mutating func take(_ values: UnsafePointer<Double>?, rows count: Int) {
        let first = rowCount
        rowCount += count
        guard let values, !isCrowded else { return }
        for row in 0..<count {
            let value = values[row]
            // A NaN, which is absent, is not beyond.
            guard abs(value) > HarshRows.limit else { continue }
            guard mayGrow else {
                isCrowded = true
                rows = []
                self.values = []
                return
            }
            rows.append(first + row)
            self.values.append(value)
        }
    }

    /// Adds what another has found in the rows after these.
    mutating func append(_ other: HarshRows) {
        rows += other.rows.map { $0 + rowCount }
        values += other.values
        rowCount += other.rowCount
        isCrowded = isCrowded || other.isCrowded
    }

    /// Nil where there were too many.
    func encoded() -> [UInt8]? {
        guard !isCrowded else { return nil }
        var bytes: [UInt8] = []
        VehicleRuns.put(UInt64(rows.count), &bytes)
        var previous = 0
        for (row, value) in zip(rows, values) {
            VehicleRuns.put(UInt64(row - previous), &bytes)
            withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
            previous = row
        }
        return bytes
    }

    /// What a file carries; nil where it carries none.
    static func read(_ store: StoreFile) throws -> HarshRows? {
        guard let bytes = try store.file.attachment(attachmentName) else { return nil }
        let decoded = bytes.withUnsafeBufferPointer {
            HarshRows(decoding: $0, rowCount: store.file.rowCount)
        }
        guard let rows = decoded else {
            throw TCError(
                .io, "'\(store.file.path)': its index of harsh rows does not fit its rows")
        }
        return rows
    }

    init() {}

    private init?(decoding bytes: UnsafeBufferPointer<UInt8>, rowCount: Int) {
        self.rowCount = rowCount
        var input = IndexByteReader(bytes)
        guard let count = input.size(), count <= bytes.count / 9 else { return nil }
        rows.reserveCapacity(count)
        values.reserveCapacity(count)
        var row = 0
        for index in 0..<count {
            guard let step = input.size(), index == 0 || step > 0, let value = input.bytes(8)
            else { return nil }
            row += step
            guard row < rowCount else { return nil }
            let bits = UnsafeRawPointer(value).loadUnaligned(as: UInt64.self)
            rows.append(row)
            values.append(Double(bitPattern: UInt64(littleEndian: bits)))
        }
        guard input.isAtEnd else { return nil }
    }

    /// Whether all values beyond `limits` are among these.
    static func covers(_ matching: SignalLimits) -> Bool {
        matching.signal == .accelMps2 && matching.limits.below <= -limit
            && matching.limits.above >= limit
    }

    /// The first place whose row is not before `row`.
    func firstPlace(notBefore row: Int) -> Int {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle] < row { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Which runs have a row beyond limits, as the indexes of harsh rows tell.
struct HarshFilter: Sendable {
    /// What each file's index says; nil for a file that has none, any of whose runs may have one.
    let files: [HarshRows?]
    private let limits: ValueLimits
    /// The place in each file's index that was come to.
    private var places: [Int]

    init(_ limits: ValueLimits, _ files: [HarshRows?]) {
        self.limits = limits
        self.files = files
        places = Array(repeating: 0, count: files.count)
    }

    /// The runs of a file must be asked about in the order of their rows; some may be left out.
    mutating func admits(_ file: Int, _ run: VehicleRun) -> Bool {
        guard let harsh = files[file] else { return true }
        var place = places[file]
        while place < harsh.rows.count, harsh.rows[place] < run.firstRow { place += 1 }
        places[file] = place
        while place < harsh.rows.count, harsh.rows[place] < run.endRow {
            if limits.matches(harsh.values[place]) { return true }
            place += 1
        }
        return false
    }
}
