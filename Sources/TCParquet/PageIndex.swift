/// Where a page lies in the file.
struct PagePlace: Sendable {
    let offset: Int
    /// Header and body; 0 where only the header tells.
    let byteCount: Int
    /// Rows numbered within the row group.
    let rows: Range<Int>
}

/// Reads an OffsetIndex: pages of `chunk`, in order, that hold exactly `rowCount` rows.
func readOffsetIndex(
    _ thrift: inout ThriftReader, _ chunk: StoredChunk, rowCount: Int
) throws(ThriftReader.Malformed) -> [PagePlace] {
    typealias Malformed = ThriftReader.Malformed
    var places: [(offset: Int, byteCount: Int, firstRow: Int)] = []
    try thrift.structure { (thrift, field, wire) throws(Malformed) in
        guard field == 1 else { return false }
        try expect(wire, .list)
        try thrift.list(of: .structure) { (thrift) throws(Malformed) in
            var place = (offset: -1, byteCount: -1, firstRow: -1)
            try thrift.structure { (thrift, field, wire) throws(Malformed) in
                switch field {
                case 1: place.offset = try thrift.size(wire)
                case 2: place.byteCount = try thrift.size(wire)
                case 3: place.firstRow = try thrift.size(wire)
                default: return false
                }
                return true
            }
            places.append(place)
        }
        return true
    }
    guard places.first?.firstRow == 0 || (places.isEmpty && rowCount == 0) else {
        throw Malformed("an offset index does not begin with row 0")
    }
    return try places.indices.map { (index) throws(Malformed) in
        let place = places[index]
        let next = index + 1 < places.count ? places[index + 1].firstRow : rowCount
        guard place.firstRow < next, place.offset >= chunk.start, place.byteCount > 0,
            place.offset < chunk.end, place.byteCount <= chunk.end - place.offset
        else { throw Malformed("an offset index points outside its column") }
        return PagePlace(
            offset: place.offset, byteCount: place.byteCount, rows: place.firstRow..<next)
    }
}

/// A ColumnIndex as stored, its lists equally long.
struct ColumnIndex {
    private(set) var isNull: [Bool] = []
    private(set) var minima: [[UInt8]] = []
    private(set) var maxima: [[UInt8]] = []
    private(set) var nullCounts: [Int]?

    init(_ thrift: inout ThriftReader, pageCount: Int) throws(ThriftReader.Malformed) {
        typealias Malformed = ThriftReader.Malformed
        var index = ColumnIndex()
        try thrift.structure { (thrift, field, wire) throws(Malformed) in
            guard [1, 2, 3, 5].contains(field) else { return false }
            try expect(wire, .list)
            switch field {
            case 1:
                try thrift.list(of: .isTrue) { (thrift) throws(Malformed) in
                    index.isNull.append(try thrift.boolElement())
                }
            case 2:
                try thrift.list(of: .binary) { (thrift) throws(Malformed) in
                    index.minima.append(try thrift.binary(.binary))
                }
            case 3:
                try thrift.list(of: .binary) { (thrift) throws(Malformed) in
                    index.maxima.append(try thrift.binary(.binary))
                }
            default:
                var counts: [Int] = []
                try thrift.list(of: .int64) { (thrift) throws(Malformed) in
                    counts.append(try thrift.size(.int64))
                }
                index.nullCounts = counts
            }
            return true
        }
        guard index.isNull.count == pageCount, index.minima.count == pageCount,
            index.maxima.count == pageCount, (index.nullCounts?.count ?? pageCount) == pageCount
        else { throw Malformed("a column index does not fit its pages") }
        self = index
    }

    private init() {}
}
