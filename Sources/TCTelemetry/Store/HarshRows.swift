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

    /// Looks at the next rows' accelerations: `order` says where each row stands, nil that they are
    /// in order; `values` nil that none of them has any.
    mutating func take(
        _ values: UnsafePointer<Double>?, rows count: Int, order: UnsafePointer<UInt32>?
    ) {
        let first = rowCount
        rowCount += count
        guard let values, !isCrowded else { return }
        for row in 0..<count {
            let value = values[order.map { Int($0[row]) } ?? row]
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
        guard let rows = HarshRows(decoding: bytes, rowCount: store.file.rowCount) else {
            throw TCError(
                .io, "'\(store.file.path)': its index of harsh rows does not fit its rows")
        }
        return rows
    }

    init() {}

    private init?(decoding bytes: [UInt8], rowCount: Int) {
        self.rowCount = rowCount
        var input = VehicleIndexDecoder(bytes)
        guard let count = input.size(), count <= bytes.count / 9 else { return nil }
        var row = 0
        for index in 0..<count {
            guard let step = input.size(), index == 0 || step > 0, bytes.count - input.at >= 8
            else { return nil }
            row += step
            guard row < rowCount else { return nil }
            var bits: UInt64 = 0
            for byte in 0..<8 { bits |= UInt64(bytes[input.at + byte]) << UInt64(8 * byte) }
            input.at += 8
            rows.append(row)
            values.append(Double(bitPattern: bits))
        }
        guard input.at == bytes.count else { return nil }
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
