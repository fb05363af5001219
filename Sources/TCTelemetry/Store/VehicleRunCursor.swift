import Glibc
import TCCore

/// A run of a vehicle's rows in a file, without the vehicle's id.
struct VehicleRun: BitwiseCopyable {
    /// Its place among the runs of the file.
    var number = -1
    var firstRow = 0
    var endRow = 0
    /// Epoch milliseconds of the first and the last row.
    var first: Int64 = 0
    var last: Int64 = 0

    var rows: Range<Int> { firstRow..<endRow }
}

/// Walks along the runs of an encoded index, see `VehicleRuns`, and checks each.
///
/// Some 20 ns a run. The bytes and the memory for an id are borrowed and must outlive the cursor.
struct VehicleRunCursor: BitwiseCopyable {
    /// The bytes are no index of the file's rows.
    struct Fault: Error {
        /// What is said of the file.
        func of(_ store: StoreFile) -> TCError {
            TCError(.io, "'\(store.file.path)': its index of vehicles does not fit its rows")
        }
    }

    /// An id's most bytes.
    static let idCapacity = 64
    /// Two counts, two more for an id, its rows, its time and its span.
    private static let leastBytesOfRun = 5

    private let count: Int
    private let idBytes: Int
    /// The run at hand; meaningless before the first `advance` and when `isOver`.
    private(set) var run = VehicleRun()

    private let rowCount: Int
    private var input: IndexByteReader
    private let idStart: UnsafeMutablePointer<UInt8>
    private var idCount = 0
    private var idBytesUsed = 0

    /// Begins before the first run. The counts are those that `counts` gives.
    ///
    /// - Parameter id: memory for `idCapacity` bytes.
    init(
        _ bytes: UnsafeBufferPointer<UInt8>, count: Int, idBytes: Int, rowCount: Int,
        id: UnsafeMutablePointer<UInt8>
    ) {
        self.count = count
        self.idBytes = idBytes
        self.rowCount = rowCount
        input = IndexByteReader(bytes)
        idStart = id
        // The counts themselves.
        _ = input.next()
        _ = input.next()
    }

    /// How many runs there are, no more than the bytes can hold, and the bytes of all ids, no more than
    /// so many runs can have.
    static func counts(
        of bytes: UnsafeBufferPointer<UInt8>
    ) throws(Fault) -> (count: Int, idBytes: Int) {
        var input = IndexByteReader(bytes)
        guard let count = input.size(), let idBytes = input.size(),
            count <= bytes.count / leastBytesOfRun, idBytes <= count * idCapacity
        else { throw Fault() }
        return (count, idBytes)
    }

    /// Whether there is no run at hand, all having been passed.
    var isOver: Bool { run.number == count }

    /// The vehicle of the run at hand; good until the next `advance`.
    var id: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: idStart, count: idCount) }

    /// Goes to the next run, or past the last one.
    @inline(__always)
    mutating func advance() throws(Fault) {
        run.number += 1
        guard run.number < count else {
            // Whatever else the bytes said, they must end here and have told of every row.
            guard run.number == count, input.isAtEnd, idBytesUsed == idBytes,
                run.endRow == rowCount
            else { throw Fault() }
            return
        }
        guard let shared = input.size(), let own = input.size(), own > 0, shared <= idCount,
            shared + own <= VehicleRunCursor.idCapacity, let suffix = input.bytes(own)
        else { throw Fault() }
        // Behind what they share one byte tells the order of two ids.
        guard shared == idCount || suffix[0] > idStart[shared] else { throw Fault() }
        memcpy(idStart + shared, suffix, own)
        idCount = shared + own
        idBytesUsed += idCount
        guard let rows = input.size(), rows > 0, let step = input.next(), let span = input.next(),
            run.endRow + rows <= rowCount
        else { throw Fault() }
        run.firstRow = run.endRow
        run.endRow += rows
        run.first &+= IndexByteReader.signed(step)
        run.last = run.first &+ Int64(bitPattern: span)
        guard run.last >= run.first else { throw Fault() }
    }
}
