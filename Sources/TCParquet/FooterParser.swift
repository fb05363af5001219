/// FileMetaData of a file with a flat schema.
struct Footer {
    typealias Malformed = ThriftReader.Malformed

    private(set) var columns: [StoredColumn] = []
    private(set) var rowCount = -1
    private(set) var groups: [(rows: Int, chunks: [StoredChunk])] = []
    private(set) var keyValues: [String: String] = [:]
    private(set) var createdBy = ""

    /// Parses and checks everything that the reader relies on. `dataEnd` is where the footer begins
    /// in the file: nothing that it points at may lie beyond.
    init(_ base: UnsafePointer<UInt8>, _ count: Int, dataEnd: Int) throws(Malformed) {
        var thrift = ThriftReader(base, count)
        var footer = Footer()
        try thrift.structure { (thrift, field, wire) throws(Malformed) in
            switch field {
            case 2: try footer.readSchema(&thrift, wire)
            case 3: footer.rowCount = try thrift.size(wire)
            case 4:
                try expect(wire, .list)
                try thrift.list(of: .structure) { (thrift) throws(Malformed) in
                    try footer.readGroup(&thrift)
                }
            case 5:
                try expect(wire, .list)
                try thrift.list(of: .structure) { (thrift) throws(Malformed) in
                    try footer.readKeyValue(&thrift)
                }
            case 6: footer.createdBy = try thrift.string(wire)
            default: return false
            }
            return true
        }
        guard thrift.position == count else { throw Malformed("bytes follow the metadata") }
        try footer.checkGroups(dataEnd)
        self = footer
    }

    private init() {}

    private mutating func readSchema(
        _ thrift: inout ThriftReader, _ wire: ThriftType
    ) throws(Malformed) {
        try expect(wire, .list)
        var elements: [SchemaElement] = []
        try thrift.list(of: .structure) { (thrift) throws(Malformed) in
            elements.append(try SchemaElement(&thrift))
        }
        guard let root = elements.first, root.children == elements.count - 1 else {
            throw Malformed("the schema is not flat, or its count of columns is wrong")
        }
        columns = []
        for element in elements.dropFirst() { columns.append(try element.column()) }
    }

    private mutating func readGroup(_ thrift: inout ThriftReader) throws(Malformed) {
        var rows = -1
        var chunks: [StoredChunk] = []
        try thrift.structure { (thrift, field, wire) throws(Malformed) in
            switch field {
            case 1:
                try expect(wire, .list)
                try thrift.list(of: .structure) { (thrift) throws(Malformed) in
                    chunks.append(try StoredChunk(&thrift))
                }
            case 3: rows = try thrift.size(wire)
            default: return false
            }
            return true
        }
        groups.append((rows, chunks))
    }

    private mutating func readKeyValue(_ thrift: inout ThriftReader) throws(Malformed) {
        var key = ""
        var value = ""
        try thrift.structure { (thrift, field, wire) throws(Malformed) in
            switch field {
            case 1: key = try thrift.string(wire)
            case 2: value = try thrift.string(wire)
            default: return false
            }
            return true
        }
        keyValues[key] = value
    }

    /// Row counts agree and every chunk lies inside the file's data.
    private func checkGroups(_ dataEnd: Int) throws(Malformed) {
        guard !columns.isEmpty else { throw Malformed("there is no schema") }
        var rows = 0
        for group in groups {
            let (sum, overflow) = rows.addingReportingOverflow(group.rows)
            guard group.rows >= 0, !overflow else { throw Malformed("a row group has no count") }
            rows = sum
            guard group.chunks.count == columns.count else {
                throw Malformed("a row group lacks a column")
            }
            for chunk in group.chunks {
                guard chunk.valueCount == group.rows else {
                    throw Malformed("a column has \(chunk.valueCount) of \(group.rows) values")
                }
                guard chunk.dataPageOffset <= dataEnd,
                    chunk.byteCount <= dataEnd - chunk.start,
                    chunk.columnIndex.map({ $0.upperBound <= dataEnd }) ?? true,
                    chunk.offsetIndex.map({ $0.upperBound <= dataEnd }) ?? true
                else { throw Malformed("a column lies outside the file") }
            }
        }
        guard rows == rowCount else {
            throw Malformed("the row groups have \(rows) rows, the file \(rowCount)")
        }
    }
}

func expect(_ wire: ThriftType, _ type: ThriftType) throws(ThriftReader.Malformed) {
    guard wire == type else {
        throw ThriftReader.Malformed("expected a \(type), found a \(wire)")
    }
}
