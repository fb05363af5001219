/// Writes the index of a file's vehicles, run by run, in the order of the rows.
///
/// The bytes: the number of runs and of all ids' bytes; then for each run how many bytes of its id
/// are those of the one before, how many follow and these, its rows, its first time less the run's
/// before (zigzag) and its span, numbers being LEB128. About 10 bytes a run, 4 when compressed.
struct VehicleIndexEncoder {
    static let attachmentName = "tc.vehicles"

    private var bytes: [UInt8] = []
    private var count = 0
    private var idBytes = 0
    private var openID: [UInt8] = []
    private var previousID: [UInt8] = []
    private var previousTime: Int64 = 0
    private var openRun: VehicleRun?

    /// The run that was added last, with what was added to it; nil before the first.
    var last: VehicleRun? { openRun }

    /// Begins the run of the next vehicle.
    mutating func append(_ run: VehicleRun) {
        closeRun()
        openRun = run
    }

    /// The last run's vehicle goes on: so many more rows, the last at `time`.
    mutating func extendLast(rows: Int, to time: Int64) {
        let run = openRun!
        openRun = VehicleRun(
            vehicleID: run.vehicleID, rows: run.rows + rows, firstTime: run.firstTime,
            lastTime: time)
    }

    /// The whole index.
    mutating func finish() -> [UInt8] {
        closeRun()
        var header: [UInt8] = []
        VehicleIndexEncoder.put(UInt64(count), &header)
        VehicleIndexEncoder.put(UInt64(idBytes), &header)
        return header + bytes
    }

    private mutating func closeRun() {
        guard let run = openRun else { return }
        openRun = nil
        openID.removeAll(keepingCapacity: true)
        openID.append(contentsOf: run.vehicleID.utf8)
        var shared = 0
        while shared < openID.count, shared < previousID.count,
            openID[shared] == previousID[shared]
        {
            shared += 1
        }
        VehicleIndexEncoder.put(UInt64(shared), &bytes)
        VehicleIndexEncoder.put(UInt64(openID.count - shared), &bytes)
        bytes.append(contentsOf: openID[shared...])
        VehicleIndexEncoder.put(UInt64(run.rows), &bytes)
        let step = run.firstTime &- previousTime
        VehicleIndexEncoder.put(UInt64(bitPattern: step << 1 ^ step >> 63), &bytes)
        VehicleIndexEncoder.put(UInt64(bitPattern: run.lastTime &- run.firstTime), &bytes)
        previousTime = run.firstTime
        swap(&openID, &previousID)
        idBytes += previousID.count
        count += 1
    }

    private static func put(_ value: UInt64, _ bytes: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}

/// Reads LEB128 numbers; nil at the end and for what is none.
struct VehicleIndexDecoder {
    private let bytes: [UInt8]
    /// The next byte to read.
    var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    @inline(__always)
    mutating func next() -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while at < bytes.count, shift < 64 {
            let byte = bytes[at]
            at += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }

    /// A number that is small enough to count or to stand for a place.
    @inline(__always)
    mutating func size() -> Int? {
        guard let value = next(), value <= UInt64(UInt32.max) else { return nil }
        return Int(value)
    }
}
