import Glibc
import TCCore
import TCParquet

/// Which rows of a file belong to which vehicle, and when they begin and end: one entry (a run) for
/// each vehicle, in the order of the rows, which is the byte order of the ids.
///
/// With it a query finds a vehicle's rows, leaves out runs of other times and knows that two files do
/// not overlap, all without reading a column. Every file of ours carries it as an attachment, see
/// `VehicleRuns`: reading it takes some 40 ns a run, from the columns it would be 300.
///
/// `@unchecked Sendable`: the memory is written by the initialiser alone.
final class VehicleIndex: @unchecked Sendable {
    static let attachmentName = "tc.vehicles"

    let count: Int
    /// Owns the memory of the ids; a scan keeps it longer than the rest.
    let idMemory: VehicleIDs
    /// All ids, one after another; `count + 1` offsets into them.
    var ids: UnsafeMutablePointer<UInt8> { idMemory.bytes }
    var idOffsets: UnsafeMutablePointer<UInt32> { idMemory.offsets }
    /// `count + 1` rows: a run's first row, and the next one's.
    let rowStarts: UnsafeMutablePointer<Int>
    let first: UnsafeMutablePointer<Int64>
    let last: UnsafeMutablePointer<Int64>

    private init(count: Int, idBytes: Int) {
        self.count = count
        idMemory = VehicleIDs(count: count, byteCount: idBytes)
        rowStarts = .allocate(capacity: count + 1)
        first = .allocate(capacity: count + 1)
        last = .allocate(capacity: count + 1)
        rowStarts[0] = 0
    }

    deinit {
        rowStarts.deallocate()
        first.deallocate()
        last.deallocate()
    }

    func rows(_ run: Int) -> Range<Int> { rowStarts[run]..<rowStarts[run + 1] }

    /// The id of a run; good as long as the index is.
    @inline(__always)
    func id(_ run: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(
            start: ids + Int(idOffsets[run]), count: Int(idOffsets[run + 1] - idOffsets[run]))
    }

    /// The run of a vehicle; nil where the file has none of its rows.
    func find(_ id: UnsafeBufferPointer<UInt8>) -> Int? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let order = compareIDs(self.id(middle), id)
            if order == 0 { return middle }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    /// The index of a file of which nothing can be read.
    static func empty() -> VehicleIndex { VehicleIndex(count: 0, idBytes: 0) }

    /// Reads a file's index; one that was not written by us has it made from its rows.
    static func read(_ store: StoreFile) throws -> VehicleIndex {
        guard let bytes = try store.file.attachment(VehicleIndex.attachmentName) else {
            return try VehicleIndex(fromRowsOf: store)
        }
        guard let index = VehicleIndex(decoding: bytes, rowCount: store.file.rowCount) else {
            throw TCError(.io, "'\(store.file.path)': its index of vehicles does not fit its rows")
        }
        return index
    }

    /// Nil where the bytes are no index of so many rows.
    convenience init?(decoding bytes: [UInt8], rowCount: Int) {
        var header = VehicleIndexDecoder(bytes)
        // A run takes at least five bytes and an id at most 64.
        guard let count = header.size(), let idBytes = header.size(), count <= bytes.count / 5,
            idBytes <= count * 64
        else { return nil }
        self.init(count: count, idBytes: idBytes)
        let isWhole = bytes.withUnsafeBufferPointer { fill(&header, $0, idBytes) }
        guard isWhole, rowStarts[count] == rowCount else { return nil }
    }

    private func fill(
        _ input: inout VehicleIndexDecoder, _ bytes: UnsafeBufferPointer<UInt8>, _ idBytes: Int
    ) -> Bool {
        var used = 0
        var time: Int64 = 0
        for run in 0..<count {
            guard let shared = input.size(), let own = input.size(),
                shared <= (run == 0 ? 0 : id(run - 1).count), own <= idBytes - used - shared,
                own <= bytes.count - input.at
            else { return false }
            if shared > 0 { memcpy(ids + used, id(run - 1).baseAddress!, shared) }
            memcpy(ids + used + shared, bytes.baseAddress! + input.at, own)
            input.at += own
            used += shared + own
            idOffsets[run + 1] = UInt32(used)
            guard let rows = input.size(), rows > 0, let step = input.next(),
                let span = input.next(), shared + own > 0,
                run == 0 || compareIDs(id(run - 1), id(run)) < 0
            else { return false }
            let (end, overflow) = rowStarts[run].addingReportingOverflow(rows)
            if overflow { return false }
            rowStarts[run + 1] = end
            time &+= VehicleIndexDecoder.signed(step)
            first[run] = time
            last[run] = time &+ Int64(bitPattern: span)
            if last[run] < time { return false }
        }
        return used == idBytes && input.at == bytes.count
    }

    /// Makes the index from the columns, which must be in strict order of vehicle and time.
    convenience init(fromRowsOf store: StoreFile) throws {
        let file = store.file
        var found: [(id: [UInt8], end: Int)] = []
        if file.rowCount > 0 {
            let reader = try ColumnReader(
                file: file, column: store.columnPlaces[StoreSchema.vehicleID]!)
            try reader.forEachRun(rows: 0..<file.rowCount) { id, rows in
                if let previous = found.last, !previous.id.lexicographicallyPrecedes(id) {
                    // The same vehicle may go on in the next row group.
                    guard previous.id.elementsEqual(id) else {
                        throw TCError(
                            .io,
                            "'\(file.path)': its rows are not sorted by vehicle_id, row "
                                + "\(rows.lowerBound) has '\(String(decoding: id, as: UTF8.self))'")
                    }
                    found[found.count - 1].end = rows.upperBound
                } else {
                    found.append((Array(id), rows.upperBound))
                }
            }
        }
        self.init(count: found.count, idBytes: found.reduce(0) { $0 + $1.id.count })
        for (run, entry) in found.enumerated() {
            let start = Int(idOffsets[run])
            entry.id.withUnsafeBufferPointer { bytes in
                if let base = bytes.baseAddress { memcpy(ids + start, base, bytes.count) }
            }
            idOffsets[run + 1] = UInt32(start + entry.id.count)
            rowStarts[run + 1] = entry.end
        }
        try readTimes(store)
    }

    private func readTimes(_ store: StoreFile) throws {
        let reader = try ColumnReader(
            file: store.file, column: store.columnPlaces[StoreSchema.ts]!)
        let times = UnsafeMutablePointer<Int64>.allocate(capacity: 8192)
        defer { times.deallocate() }
        for run in 0..<count {
            var previous = Int64.min
            var start = rows(run).lowerBound
            while start < rows(run).upperBound {
                let end = min(start + 8192, rows(run).upperBound)
                try reader.readTimestamps(rows: start..<end, into: times)
                if start == rows(run).lowerBound { first[run] = times[0] }
                for row in 0..<end - start {
                    guard times[row] > previous else {
                        throw TCError(
                            .io,
                            "'\(store.file.path)': row \(start + row) is not later than the row of "
                                + "the same vehicle before it")
                    }
                    previous = times[row]
                }
                start = end
            }
            last[run] = previous
        }
    }

    /// Whether both say the same of every run.
    func agrees(with other: VehicleIndex) -> Bool {
        count == other.count
            && (0..<count).allSatisfy { run in
                compareIDs(id(run), other.id(run)) == 0 && rows(run) == other.rows(run)
                    && first[run] == other.first[run] && last[run] == other.last[run]
            }
    }
}

/// The memory of an index's ids.
///
/// `@unchecked Sendable`: what makes an index writes it, and nobody afterwards.
final class VehicleIDs: @unchecked Sendable {
    let bytes: UnsafeMutablePointer<UInt8>
    let offsets: UnsafeMutablePointer<UInt32>

    init(count: Int, byteCount: Int) {
        bytes = .allocate(capacity: max(1, byteCount))
        offsets = .allocate(capacity: count + 1)
        offsets[0] = 0
    }

    deinit {
        bytes.deallocate()
        offsets.deallocate()
    }
}

/// An index's columns without its owner, who must live longer: walking along many indexes at once
/// then costs no reference count a step.
struct VehicleIndexView {
    let count: Int
    let ids: UnsafePointer<UInt8>
    let idOffsets: UnsafePointer<UInt32>
    let rowStarts: UnsafePointer<Int>
    let first: UnsafePointer<Int64>
    let last: UnsafePointer<Int64>

    init(_ index: VehicleIndex) {
        count = index.count
        ids = UnsafePointer(index.ids)
        idOffsets = UnsafePointer(index.idOffsets)
        rowStarts = UnsafePointer(index.rowStarts)
        first = UnsafePointer(index.first)
        last = UnsafePointer(index.last)
    }

    @inline(__always)
    func id(_ run: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(
            start: ids + Int(idOffsets[run]), count: Int(idOffsets[run + 1] - idOffsets[run]))
    }
}

/// The order of two ids by their bytes: less than 0, 0 or more than 0.
@inline(__always)
func compareIDs(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Int {
    let common = min(a.count, b.count)
    let order = common == 0 ? 0 : memcmp(a.baseAddress!, b.baseAddress!, common)
    return order != 0 ? Int(order) : a.count - b.count
}

/// Whether two ids are the same: eight bytes at a time, which for ids is faster than a call.
@inline(__always)
func isSameID(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    guard a.count >= 8 else { return compareIDs(a, b) == 0 }
    let (first, second) = (UnsafeRawPointer(a.baseAddress!), UnsafeRawPointer(b.baseAddress!))
    func word(_ base: UnsafeRawPointer, _ at: Int) -> UInt64 {
        base.loadUnaligned(fromByteOffset: at, as: UInt64.self)
    }
    // The last word may overlap the one before it.
    var differences = word(first, a.count - 8) ^ word(second, a.count - 8)
    var at = 0
    while at < a.count - 8 {
        differences |= word(first, at) ^ word(second, at)
        at += 8
    }
    return differences == 0
}
