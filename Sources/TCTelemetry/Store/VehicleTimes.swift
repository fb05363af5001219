import TCCore

/// The first and the last time of every vehicle run of a file, in row order: what a query needs to
/// leave out a run, or to know that two files do not overlap, without reading a time column.
///
/// Kept as an attachment of the file: for each run two variable-length integers, the first time
/// less the previous run's (zigzag) and the span. About 5 bytes a run.
struct VehicleTimes: Equatable {
    static let attachmentName = "tc.vehicle_times"

    private(set) var first: [Int64] = []
    private(set) var last: [Int64] = []

    var count: Int { first.count }

    mutating func append(first: Int64, last: Int64) {
        self.first.append(first)
        self.last.append(last)
    }

    /// The last run goes on until `time`.
    mutating func extendLast(to time: Int64) { last[last.count - 1] = time }

    func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        var previous: Int64 = 0
        for index in 0..<count {
            let step = first[index] &- previous
            previous = first[index]
            VehicleTimes.put(UInt64(bitPattern: step << 1 ^ step >> 63), &bytes)
            VehicleTimes.put(UInt64(bitPattern: last[index] &- first[index]), &bytes)
        }
        return bytes
    }

    init() {}

    /// Nil where the bytes are not `count` runs.
    init?(_ bytes: [UInt8], count: Int) {
        var at = 0
        var previous: Int64 = 0
        first.reserveCapacity(count)
        last.reserveCapacity(count)
        while at < bytes.count {
            guard let step = VehicleTimes.take(bytes, &at), let span = VehicleTimes.take(bytes, &at)
            else { return nil }
            previous &+= Int64(bitPattern: step >> 1 ^ (0 &- (step & 1)))
            append(first: previous, last: previous &+ Int64(bitPattern: span))
        }
        guard first.count == count else { return nil }
    }

    private static func put(_ value: UInt64, _ bytes: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private static func take(_ bytes: [UInt8], _ at: inout Int) -> UInt64? {
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
}
