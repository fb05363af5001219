/// Which rows belong to which vehicle: one run for each vehicle, in the order of the rows, which is
/// the byte order of the ids. A vehicle's rows stand together, in time order.
///
/// Kept as the bytes of the index that a file carries, some ten a run: a batch may bring a million
/// vehicles, and several batches wait to be stored. As values with a `String` each they took 100.
///
/// The bytes of a run: how many bytes of its id are those of the one before, how many follow and
/// these, its rows, its first time less the run's before (zigzag) and its span, numbers being LEB128.
public struct VehicleRuns: Sendable {
    /// One run; `id`, ASCII of 1 to 64 bytes, is borrowed for as long as the call that passes it.
    public struct Run {
        public var id: UnsafeBufferPointer<UInt8>
        public var rows: Int
        /// Epoch milliseconds of the first and the last row.
        public var first: Int64
        public var last: Int64

        public init(id: UnsafeBufferPointer<UInt8>, rows: Int, first: Int64, last: Int64) {
            self.id = id
            self.rows = rows
            self.first = first
            self.last = last
        }
    }

    public private(set) var count = 0
    /// The runs before the last one, which may still go on.
    private var bytes: [UInt8] = []
    private var idBytes = 0
    private var previousID: [UInt8] = []
    private var previousTime: Int64 = 0
    private var lastID: [UInt8] = []
    private var lastRows = 0
    private var lastFirst: Int64 = 0
    /// The time of the last row of all; meaningless while there is none.
    private(set) var lastTime: Int64 = 0

    public init() {}

    /// The order of an id to that of the last run: less than 0, 0 or more than 0. Any id comes after
    /// none.
    func order(of id: UnsafeBufferPointer<UInt8>) -> Int {
        lastID.withUnsafeBufferPointer { compareIDs(id, $0) }
    }

    /// Adds the run of the next vehicle.
    public mutating func append(_ run: Run) {
        if count > 0 {
            var written: [UInt8] = []
            swap(&written, &bytes)
            encodeLast(into: &written)
            swap(&written, &bytes)
            previousTime = lastFirst
        }
        swap(&lastID, &previousID)
        lastID.removeAll(keepingCapacity: true)
        lastID.append(contentsOf: run.id)
        (lastRows, lastFirst, lastTime) = (run.rows, run.first, run.last)
        idBytes += run.id.count
        count += 1
    }

    /// The last run's vehicle goes on: so many more rows, the last at `time`.
    mutating func extendLast(rows: Int, to time: Int64) {
        lastRows += rows
        lastTime = time
    }

    /// Calls `body` with every run, in order.
    func visit(_ body: (Run) throws -> Void) rethrows {
        try bytes.withUnsafeBufferPointer { try visit($0, body) }
        guard count > 0 else { return }
        try lastID.withUnsafeBufferPointer {
            try body(Run(id: $0, rows: lastRows, first: lastFirst, last: lastTime))
        }
    }

    /// Visits all runs but the last.
    private func visit(
        _ bytes: UnsafeBufferPointer<UInt8>, _ body: (Run) throws -> Void
    ) rethrows {
        var input = IndexByteReader(bytes)
        var id: [UInt8] = []
        var time: Int64 = 0
        // The bytes are our own, so that they decode.
        while let shared = input.size(), let own = input.size(), let suffix = input.bytes(own) {
            id.removeSubrange(shared...)
            id.append(contentsOf: UnsafeBufferPointer(start: suffix, count: own))
            guard let rows = input.size(), let step = input.next(), let span = input.next() else {
                return
            }
            time &+= IndexByteReader.signed(step)
            try id.withUnsafeBufferPointer {
                try body(
                    Run(
                        id: $0, rows: rows, first: time,
                        last: time &+ Int64(bitPattern: span)))
            }
        }
    }

    /// The index of a file that holds these runs: the number of runs and of all ids' bytes, then the
    /// runs. About 10 bytes a run, 4 when compressed.
    func index() -> [UInt8] {
        var index: [UInt8] = []
        index.reserveCapacity(bytes.count + 128)
        VehicleRuns.put(UInt64(count), &index)
        VehicleRuns.put(UInt64(idBytes), &index)
        index += bytes
        if count > 0 { encodeLast(into: &index) }
        return index
    }

    private func encodeLast(into bytes: inout [UInt8]) {
        var shared = 0
        while shared < lastID.count, shared < previousID.count,
            lastID[shared] == previousID[shared]
        {
            shared += 1
        }
        VehicleRuns.put(UInt64(shared), &bytes)
        VehicleRuns.put(UInt64(lastID.count - shared), &bytes)
        bytes.append(contentsOf: lastID[shared...])
        VehicleRuns.put(UInt64(lastRows), &bytes)
        let step = lastFirst &- previousTime
        VehicleRuns.put(UInt64(bitPattern: step << 1 ^ step >> 63), &bytes)
        VehicleRuns.put(UInt64(bitPattern: lastTime &- lastFirst), &bytes)
    }

    static func put(_ value: UInt64, _ bytes: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
