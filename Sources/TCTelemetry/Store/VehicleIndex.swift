import Glibc
import TCCore
import TCParquet

/// Which rows of a file belong to which vehicle, and when they begin and end: one entry (a run) for
/// each vehicle, in the order of the rows, which is the byte order of the ids.
///
/// With it a query finds a vehicle's rows, leaves out runs of other times and knows that two files do
/// not overlap, all without reading a column. Every file of ours carries it as an attachment.
///
/// Kept as the bytes that `VehicleRuns` describes and walked along with a `VehicleRunCursor`: laid out
/// as numbers it would take four times the memory, and touching that for the first time costs more
/// than the walk.
///
/// `@unchecked Sendable`: the memory is written by the initialiser alone.
final class VehicleIndex: @unchecked Sendable {
    static let attachmentName = "tc.vehicles"

    /// How many runs it says it has; no more than its bytes can hold.
    let count: Int
    /// The bytes of all their ids.
    let idBytes: Int
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private let rowCount: Int

    /// - Throws: where the bytes do not begin like the index of a file of so many rows; what follows
    ///   is checked by who walks along it.
    init(_ bytes: [UInt8], rowCount: Int) throws(VehicleRunCursor.Fault) {
        self.bytes = .allocate(capacity: bytes.count)
        _ = self.bytes.initialize(from: bytes)
        self.rowCount = rowCount
        (count, idBytes) = try VehicleRunCursor.counts(of: UnsafeBufferPointer(self.bytes))
    }

    deinit { bytes.deallocate() }

    /// Reads a file's index; one that was not written by us has it made from its rows.
    static func read(_ store: StoreFile) throws -> VehicleIndex {
        let bytes = try store.file.attachment(attachmentName) ?? ScannedRuns(store).index()
        do {
            return try VehicleIndex(bytes, rowCount: store.file.rowCount)
        } catch {
            throw error.of(store)
        }
    }

    /// A cursor before the first run.
    ///
    /// - Parameter id: memory for `VehicleRunCursor.idCapacity` bytes; like the index it must outlive
    ///   the cursor.
    func cursor(id: UnsafeMutablePointer<UInt8>) -> VehicleRunCursor {
        VehicleRunCursor(
            UnsafeBufferPointer(bytes), count: count, idBytes: idBytes, rowCount: rowCount, id: id)
    }

    /// Calls `body` with a cursor before the first run.
    func walk<R>(_ body: (inout VehicleRunCursor) throws -> R) throws -> R {
        let id = UnsafeMutablePointer<UInt8>.allocate(capacity: VehicleRunCursor.idCapacity)
        defer { id.deallocate() }
        var cursor = cursor(id: id)
        return try body(&cursor)
    }

    /// The runs of those of `ids`, which are sorted, that the file has rows of, in their order.
    func find(_ ids: [[UInt8]]) throws -> [Found] {
        try walk { cursor in
            var found: [Found] = []
            var wanted = 0
            try cursor.advance()
            while wanted < ids.count, !cursor.isOver {
                let order = ids[wanted].withUnsafeBufferPointer { compareIDs(cursor.id, $0) }
                if order == 0 { found.append(Found(vehicle: wanted, run: cursor.run)) }
                if order >= 0 { wanted += 1 }
                if order <= 0 { try cursor.advance() }
            }
            return found
        }
    }

    /// A run of a vehicle that was looked for.
    struct Found {
        /// Its place among the ids.
        var vehicle: Int
        var run: VehicleRun
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
