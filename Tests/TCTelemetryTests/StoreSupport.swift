import Glibc
import TCCore
import TCParquet
import TCStore
import Testing

@testable import TCTelemetry

/// A message as the tests of the store think of it.
struct Message: Equatable {
    var vehicle: String
    var ts: Int64
    var numbers: [Int: Double] = [:]
    var words: [Int: UInt8] = [:]
    /// Members in order, values as JSON text.
    var extra: [Member] = []

    struct Member: Equatable {
        var key: String
        var value: String
    }

    var extraText: String {
        extra.isEmpty
            ? ""
            : "{" + extra.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    /// The same moment told again: each field of the later one wins.
    mutating func merge(_ later: Message) {
        numbers.merge(later.numbers) { _, new in new }
        words.merge(later.words) { _, new in new }
        for member in later.extra {
            if let place = extra.firstIndex(where: { $0.key == member.key }) {
                extra[place].value = member.value
            } else {
                extra.append(member)
            }
        }
    }

    /// Only what a scan of `columns` shows.
    func limited(to columns: ColumnSet) -> Message {
        var message = self
        message.numbers = numbers.filter { columns.contains(Signal(rawValue: $0.key)!) }
        message.words = words.filter { columns.contains(EnumSignal(rawValue: $0.key)!) }
        if !columns.contains(.extra) { message.extra = [] }
        return message
    }
}

/// A folder that goes away with the test, and stores on it.
final class StoreBed {
    let path: String

    init() {
        // In memory where there is such a place: the tests sync thousands of times.
        let folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        var template = Array("\(folder)/tc-store-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
    }

    deinit { StoreBed.removeAll(path) }

    /// As a new process would open it.
    func store(faults: FileSystem.FaultTable? = nil) throws -> TelemetryStore {
        try TelemetryStore(url: "parquet:\(path)/store", files: FileSystem(faults: faults))
    }

    /// Every path below the store's telemetry folder, hidden ones included.
    func allFiles() -> [String] {
        let root = "\(path)/store/telemetry"
        let files = FileSystem()
        var found: [String] = []
        for folder in (try? files.list(root)) ?? [] where files.isFolder("\(root)/\(folder)") {
            for name in (try? files.list("\(root)/\(folder)")) ?? [] {
                found.append("\(folder)/\(name)")
            }
        }
        return found
    }

    static func removeAll(_ path: String) {
        let files = FileSystem()
        if files.isFolder(path) {
            chmod(path, 0o700)
            for name in (try? files.list(path)) ?? [] { removeAll("\(path)/\(name)") }
            rmdir(path)
        } else {
            unlink(path)
        }
    }
}

extension TelemetryStore {
    /// Stores messages as an ingest does: one file a day, sorted, repeats folded. `tamper` may make
    /// the bounds of a group's places wrong.
    func put(
        _ messages: [Message], groupRows: Int = 1 << 16,
        tamper: (inout [PlaceBounds]) -> Void = { _ in }
    ) throws {
        var folded: [String: [Int64: Message]] = [:]
        for message in messages {
            if folded[message.vehicle]?[message.ts] != nil {
                folded[message.vehicle]![message.ts]!.merge(message)
            } else {
                folded[message.vehicle, default: [:]][message.ts] = message
            }
        }
        let days = Set(messages.map { Instant(milliseconds: $0.ts).day }).sorted()
        for day in days {
            let builder = RowGroupBuilder(groupRows: groupRows)
            for vehicle in folded.keys.sorted() {
                let rows = folded[vehicle]!.values
                    .filter { Instant(milliseconds: $0.ts).day == day }.sorted { $0.ts < $1.ts }
                try withVehicleRows(vehicle, rows) { try builder.append($0, 0..<$0.count) }
            }
            try builder.finish()
            let writer = try newFile(day: day)
            for group in builder.groups {
                var places = group.places
                tamper(&places)
                try writer.append(
                    columns: group.columns, rows: group.rows, runs: group.runs, places: places,
                    harsh: group.harsh)
            }
            _ = try writer.publish()
        }
    }
}

private func withVehicleRows(
    _ vehicle: String, _ rows: [Message], _ body: (VehicleRows) throws -> Void
) throws {
    if rows.isEmpty { return }
    let buffers = ColumnBuffers(columns: .all)
    buffers.reserve(rows.count)
    for (row, message) in rows.enumerated() {
        buffers.times[row] = message.ts
        for signal in Signal.allCases {
            buffers.numbers[signal.rawValue]![row] = message.numbers[signal.rawValue] ?? .nan
        }
        for signal in EnumSignal.allCases {
            buffers.words[signal.rawValue]![row] = message.words[signal.rawValue] ?? 0
        }
        buffers.extra.bytes += Array(message.extraText.utf8)
        buffers.extra.offsets.append(UInt32(buffers.extra.bytes.count))
    }
    try Array(vehicle.utf8).withUnsafeBufferPointer { id in
        try buffers.withRows(of: id, start: 0, count: rows.count, hasTimes: true) { try body($0) }
    }
}

/// Keeps everything that a scan shows, and holds the scan to its promises about order.
struct Collector: VehicleVisitor {
    var rows: [Message] = []
    let columns: ColumnSet
    private var open: String?
    private(set) var ended: [String] = []

    init(columns: ColumnSet = .all) { self.columns = columns }

    mutating func visit(_ shown: VehicleRows) throws {
        let vehicle = String(decoding: shown.vehicleID, as: UTF8.self)
        #expect(shown.count > 0)
        #expect(open == nil || open == vehicle, "a vehicle began before the last one ended")
        open = vehicle
        for row in 0..<shown.count {
            var message = Message(vehicle: vehicle, ts: shown.ts[row])
            for signal in Signal.allCases where columns.contains(signal) {
                if !shown[signal][row].isNaN {
                    message.numbers[signal.rawValue] = shown[signal][row]
                }
            }
            for signal in EnumSignal.allCases where columns.contains(signal) {
                if shown[signal][row] != 0 { message.words[signal.rawValue] = shown[signal][row] }
            }
            if columns.contains(.extra) {
                let text = shown.extra(row)
                var members = ExtraFields(text)
                while let (key, value) = members.next() {
                    message.extra.append(
                        Message.Member(
                            key: String(decoding: text[key].dropFirst().dropLast(), as: UTF8.self),
                            value: String(decoding: text[value], as: UTF8.self)))
                }
            }
            if let last = rows.last {
                #expect((last.vehicle, last.ts) < (vehicle, message.ts))
            }
            rows.append(message)
        }
    }

    mutating func endVehicle() throws {
        #expect(open != nil, "a vehicle ended that had no row")
        if let open { ended.append(open) }
        open = nil
    }
}

extension StoreSnapshot {
    func collect(_ request: ScanRequest = ScanRequest()) throws -> [Message] {
        var collector = Collector(columns: request.columns)
        try scanInOrder(request, visitor: &collector)
        return collector.rows
    }

    func collectInParallel(_ request: ScanRequest, workers: Int, shardRows: Int) throws -> [Message]
    {
        var rows: [Message] = []
        let columns = request.columns
        try scan(request, workers: workers, shardRows: shardRows) {
            Collector(columns: columns)
        } deliver: {
            rows += $0.rows
        }
        return rows
    }
}

/// A generator that gives the same sequence for the same seed.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
