/// The types of column that the store writes.
public enum ColumnType: Sendable, Equatable {
    /// INT64 with the logical type TIMESTAMP(MILLIS, isAdjustedToUTC): epoch milliseconds.
    case timestampMillis
    /// DOUBLE. NaN stands for null in memory, so no NaN is ever written.
    case double
    /// BYTE_ARRAY with the logical type STRING.
    case string
}

/// One column of a flat schema.
public struct Column: Sendable, Equatable {
    public let name: String
    public let type: ColumnType
    /// Whether rows may be null. Timestamps are always required.
    public let isOptional: Bool

    public init(name: String, type: ColumnType, isOptional: Bool) {
        self.name = name
        self.type = type
        self.isOptional = isOptional
    }
}

/// Borrowed strings, one after another: string `i` is `bytes[offsets[i]..<offsets[i + 1]]`.
public struct StringTable {
    public let bytes: UnsafePointer<UInt8>
    /// `count + 1` ascending offsets into `bytes`.
    public let offsets: UnsafePointer<UInt32>
    public let count: Int

    public init(bytes: UnsafePointer<UInt8>, offsets: UnsafePointer<UInt32>, count: Int) {
        self.bytes = bytes
        self.offsets = offsets
        self.count = count
    }
}

/// What `ColumnEncoder` reads: a borrowed column in the layout that batches hold in memory.
public enum ColumnInput {
    /// Epoch milliseconds of a required column.
    case timestamps(UnsafePointer<Int64>)
    /// NaN is null.
    case doubles(UnsafePointer<Double>)
    /// A required string column; the entries are written as the dictionary in this order, so an
    /// entry that no row uses is written too. Codes are below `entries.count`.
    case dictionary(codes: UnsafePointer<UInt32>, entries: StringTable)
    /// An optional string column of at most 255 words: 0 is null, else entry `code - 1`.
    case words(codes: UnsafePointer<UInt8>, entries: StringTable)
    /// One string a row; in an optional column the empty string is null.
    case strings(StringTable)
    /// Every row is null.
    case absent
}

/// Strings that a reader appends to; string `i` is `bytes[offsets[i]..<offsets[i + 1]]`.
public struct StringColumn: Sendable {
    public var bytes: [UInt8]
    /// One more than there are strings; the first is 0.
    public var offsets: [UInt32]

    public init() {
        bytes = []
        offsets = [0]
    }

    public var count: Int { offsets.count - 1 }

    /// Empties the column and keeps its memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        offsets.append(0)
    }
}
