import Glibc
import TCCore
import TCParquet

/// One opened file of a snapshot.
struct StoreFile: Sendable {
    let name: StoredName
    let file: ParquetFile
    /// For each column of `StoreSchema`, its place in this file; nil where a file that somebody else
    /// wrote lacks it, which reads as absent.
    let columnPlaces: [Int?]
    /// The earliest and latest time in the file; nil where it has no row or does not say.
    let times: ClosedRange<Int64>?

    /// - Throws: `io` naming the file, where it is not one that the store can read.
    init(name: StoredName, path: String) throws {
        let file = try ParquetFile(path: path)
        self.name = name
        self.file = file
        columnPlaces = try StoreSchema.columns.map { column in
            guard let place = file.columns.firstIndex(where: { $0.name == column.name }) else {
                if column.isOptional { return nil }
                throw TCError(.io, "'\(path)' has no column '\(column.name)'")
            }
            guard file.columns[place].type == column.type else {
                throw TCError(
                    .io,
                    "'\(path)': column '\(column.name)' is \(file.columns[place].type), "
                        + "expected \(column.type)")
            }
            return place
        }
        let place = columnPlaces[StoreSchema.ts]!
        var times: ClosedRange<Int64>?
        for group in file.rowGroups.indices {
            let chunk = file.chunk(rowGroup: group, column: place)
            guard case .timestamp(let low)? = chunk.minimum,
                case .timestamp(let high)? = chunk.maximum, low <= high
            else {
                times = Int64.min...Int64.max
                break
            }
            times = times.map { min($0.lowerBound, low)...max($0.upperBound, high) } ?? low...high
        }
        self.times = times
    }

    /// Whether a column holds no value in the whole file, as its statistics say.
    func isAbsent(_ column: Int) -> Bool {
        guard let place = columnPlaces[column] else { return true }
        return file.rowGroups.indices.allSatisfy { group in
            file.chunk(rowGroup: group, column: place).nullCount == file.rowGroups[group].rows.count
        }
    }
}

/// Which rows of a file belong to which vehicle, and when they begin and end: one entry for each
/// vehicle, in the order of the rows, which is the byte order of the ids.
struct VehicleIndex: Sendable {
    private(set) var idBytes: [UInt8] = []
    /// `count + 1` offsets into `idBytes`.
    private(set) var idOffsets: [UInt32] = [0]
    /// `count + 1` rows: an entry's first row, and the next entry's.
    private(set) var rowStarts: [Int] = [0]
    private(set) var first: [Int64] = []
    private(set) var last: [Int64] = []

    var count: Int { first.count }

    func rows(_ run: Int) -> Range<Int> { rowStarts[run]..<rowStarts[run + 1] }

    /// The id of a run.
    func id(_ run: Int) -> ArraySlice<UInt8> {
        idBytes[Int(idOffsets[run])..<Int(idOffsets[run + 1])]
    }

    /// The index of a file without rows.
    init() {}

    /// Reads the index of a file; one that was not written by us has its times read from its rows.
    init(_ store: StoreFile) throws {
        let file = store.file
        guard file.rowCount > 0 else { return }
        let reader = try ColumnReader(
            file: file, column: store.columnPlaces[StoreSchema.vehicleID]!)
        try reader.forEachRun(rows: 0..<file.rowCount) { id, rows in
            try add(id, rows, path: file.path)
        }
        if let bytes = try file.attachment(VehicleTimes.attachmentName) {
            guard let times = VehicleTimes(bytes, count: idOffsets.count - 1) else {
                throw TCError(
                    .io, "'\(file.path)': its index of vehicle times does not fit its rows")
            }
            first = times.first
            last = times.last
        } else {
            try readTimes(store)
        }
    }

    private mutating func add(
        _ id: UnsafeBufferPointer<UInt8>, _ rows: Range<Int>, path: String
    ) throws {
        if idOffsets.count > 1 {
            let order = compareWithLast(id)
            if order == 0 {
                // The same vehicle goes on in the next row group.
                rowStarts[rowStarts.count - 1] = rows.upperBound
                return
            }
            guard order < 0 else {
                throw TCError(
                    .io,
                    "'\(path)': its rows are not sorted by vehicle_id, row \(rows.lowerBound) has "
                        + "'\(String(decoding: id, as: UTF8.self))'")
            }
        }
        idBytes.append(contentsOf: id)
        idOffsets.append(UInt32(idBytes.count))
        rowStarts.append(rows.upperBound)
    }

    /// Below 0 where the last id comes before `id`, 0 where they are equal. Byte by byte through a
    /// slice this was a fifth of what a query for one vehicle takes.
    private func compareWithLast(_ id: UnsafeBufferPointer<UInt8>) -> Int {
        let start = Int(idOffsets[idOffsets.count - 2])
        let count = idBytes.count - start
        let order = idBytes.withUnsafeBytes {
            memcmp($0.baseAddress! + start, id.baseAddress!, min(count, id.count))
        }
        return order != 0 ? Int(order) : count - id.count
    }

    private mutating func readTimes(_ store: StoreFile) throws {
        let reader = try ColumnReader(
            file: store.file, column: store.columnPlaces[StoreSchema.ts]!)
        var times: [Int64] = []
        for run in 0..<(idOffsets.count - 1) {
            let rows = rows(run)
            times = Array(repeating: 0, count: rows.count)
            try times.withUnsafeMutableBufferPointer {
                try reader.readTimestamps(rows: rows, into: $0.baseAddress!)
            }
            for index in times.indices.dropFirst() where times[index] <= times[index - 1] {
                throw TCError(
                    .io,
                    "'\(store.file.path)': the rows of a vehicle are not in time order, row "
                        + "\(rows.lowerBound + index)")
            }
            first.append(times.first!)
            last.append(times.last!)
        }
    }

    /// The entry of a vehicle; nil where the file has none of its rows.
    func find(_ id: String) -> Int? {
        let wanted = Array(id.utf8)
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let bytes = idBytes[Int(idOffsets[middle])..<Int(idOffsets[middle + 1])]
            if bytes.elementsEqual(wanted) { return middle }
            if bytes.lexicographicallyPrecedes(wanted) { low = middle + 1 } else { high = middle }
        }
        return nil
    }
}
