import Glibc
import Synchronization
import TCCore
import TCWire

@testable import TCTelemetry

struct IngestRowKey: Hashable {
    let vehicle: String
    let ts: Int64
}

/// A row's values as text, exact: equal rows are equal texts.
struct IngestRowText: Equatable {
    let text: String
    let extra: JSONObject

    init(_ numbers: [Double?], _ words: [UInt8], _ extra: JSONObject) {
        var parts: [String] = []
        for (index, value) in numbers.enumerated() {
            if let value { parts.append("\(Signal.names[index])=\(value)") }
        }
        for (index, code) in words.enumerated() where code > 0 {
            parts.append("\(EnumSignal(rawValue: index)!.name)=\(code)")
        }
        self.extra = extra
        text = parts.joined(separator: " ")
    }
}

struct RejectionText: Equatable {
    let place: String
    let reason: RejectionReason
    let message: String
    let textCount: Int

    static func == (a: RejectionText, b: RejectionText) -> Bool {
        a.place == b.place && a.reason == b.reason
    }
}

/// A store in a folder of its own, removed at the end.
final class IngestTestStore {
    let folder: String
    let store: TelemetryStore

    init() {
        var template = Array("/tmp/tc-ingest-XXXXXX".utf8CString)
        folder = String(cString: mkdtemp(&template))
        store = try! TelemetryStore(url: "parquet:\(folder)")
    }

    deinit {
        let pid = startRemoving(folder)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
    }

    func ingest(_ options: IngestOptions) -> TelemetryIngest {
        TelemetryIngest(store: store, options: options) {
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
    }

    func contents() throws -> [IngestRowKey: IngestRowText] {
        var reader = Reader()
        let snapshot = try store.snapshot()
        try snapshot.scanInOrder(ScanRequest(), visitor: &reader)
        if let error = snapshot.failures.errors.first { throw error }
        return reader.rows
    }

    private struct Reader: VehicleVisitor {
        var rows: [IngestRowKey: IngestRowText] = [:]

        mutating func visit(_ found: VehicleRows) throws {
            let vehicle = String(decoding: found.vehicleID, as: UTF8.self)
            for row in 0..<found.count {
                let key = IngestRowKey(vehicle: vehicle, ts: found.ts[row])
                if rows[key] != nil { throw TCError(.bug, "\(key) comes twice") }
                rows[key] = IngestRowText(
                    Signal.allCases.map { found[$0][row].isNaN ? nil : found[$0][row] },
                    EnumSignal.allCases.map { found[$0][row] }, try object(found.extra(row)))
            }
        }

        mutating func endVehicle() throws {}

        private func object(_ text: UnsafeBufferPointer<UInt8>) throws -> JSONObject {
            if text.isEmpty { return JSONObject() }
            guard let object = try JSONReader.parse(text).object, !object.isEmpty else {
                throw TCError(.bug, "extra is not an object")
            }
            return object
        }
    }
}

private func startRemoving(_ folder: String) -> pid_t {
    var pid = pid_t()
    var arguments: [UnsafeMutablePointer<CChar>?] = [
        strdup("rm"), strdup("-rf"), strdup(folder), nil,
    ]
    posix_spawnp(&pid, "rm", nil, nil, &arguments, environ)
    for argument in arguments { free(argument) }
    return pid
}

/// Keeps what an ingest tells.
final class IngestCollector: IngestObserver {
    private struct State {
        var rejections: [RejectionText] = []
        var progress: [IngestProgress] = []
    }

    private let state = Mutex(State())
    private let onRead: @Sendable (Int) -> Void
    private let onDurable: @Sendable (IngestProgress) throws -> Void

    init(
        onRead: @escaping @Sendable (Int) -> Void = { _ in },
        onDurable: @escaping @Sendable (IngestProgress) throws -> Void
    ) {
        self.onRead = onRead
        self.onDurable = onDurable
    }

    var wantsDetails: Bool { true }
    var rejections: [RejectionText] { state.withLock { $0.rejections } }
    var progress: [IngestProgress] { state.withLock { $0.progress } }

    func rejected(_ rejection: IngestRejection) {
        state.withLock {
            $0.rejections.append(
                RejectionText(
                    place: "\(rejection.input):\(rejection.line)", reason: rejection.reason,
                    message: rejection.message, textCount: rejection.text.count))
        }
    }

    func durable(_ progress: IngestProgress) throws {
        state.withLock { $0.progress.append(progress) }
        try onDurable(progress)
    }

    func read(lines: Int, bytes: Int) { onRead(lines) }
}

/// One ingest of some lines into a store.
struct IngestTestRun {
    let store: IngestTestStore
    let counts: IngestCounts
    let rejections: [RejectionText]
    let progress: [IngestProgress]
    let contents: [IngestRowKey: IngestRowText]

    init(_ lines: [[UInt8]], _ options: IngestOptions, into store: IngestTestStore? = nil) throws {
        let text = lines.flatMap { (line: [UInt8]) -> [UInt8] in line + [10] }
        try self.init(inputs: [text], options, into: store)
    }

    init(text: [UInt8], _ options: IngestOptions) throws {
        try self.init(inputs: [text], options)
    }

    init(inputs: [[UInt8]], _ options: IngestOptions, into given: IngestTestStore? = nil) throws {
        store = given ?? IngestTestStore()
        let collector = IngestCollector { _ in }
        counts = try store.ingest(options).run(
            inputs.map(IngestTestRun.input), observer: collector, interrupted: { false })
        rejections = collector.rejections
        progress = collector.progress
        contents = try store.contents()
    }

    /// An input that is a file without a name.
    static func input(_ text: [UInt8]) -> IngestInput {
        IngestInput(name: "text") {
            var template = Array("/tmp/tc-input-XXXXXX".utf8CString)
            let descriptor = mkstemp(&template)
            unlink(template)
            text.withUnsafeBytes { bytes in
                var at = 0
                while at < bytes.count {
                    at += write(descriptor, bytes.baseAddress! + at, bytes.count - at)
                }
            }
            lseek(descriptor, 0, SEEK_SET)
            return descriptor
        }
    }

    static func put(_ text: String, _ descriptor: Int32) {
        _ = Array(text.utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }
}

/// Lines with everything that an ingest must sort out, and what a plain dictionary makes of them.
enum IngestCorpus {
    /// Few vehicles and times, so that rows repeat; several days; broken, blank and odd lines.
    static func lines(_ count: Int, seed: UInt64) -> [[UInt8]] {
        var random = IngestMutator(seed: seed)
        return (0..<count).map { index in
            switch random.below(40) {
            case 0: return random.line()
            case 1: return Array([" ", "", "\r"][random.below(3)].utf8)
            default:
                let vehicle = ["V", "VA", "VB1", "X-\(random.below(30))"][random.below(4)]
                let time = 1_767_300_000_000 + (index / 20 - random.below(8)) * 250_000
                var text = "{\"vehicle_id\":\"\(vehicle)\",\"ts\":\(time)"
                if random.below(3) > 0 {
                    text += ",\"soc_pct\":\(random.below(100)).\(random.below(10))"
                }
                if random.below(4) > 0 {
                    text += ",\"lat\":\(random.below(90)),\"lon\":-\(random.below(180))"
                }
                if random.below(5) == 0 {
                    text += ",\"gear\":\"\(["P", "R", "N", "D"][random.below(4)])\""
                }
                if random.below(6) == 0 {
                    text += ",\"k\(random.below(4))\":[\(random.below(9)), \"é\"]"
                }
                if random.below(6) == 0 { text += ",\"j\(random.below(4))\":\(random.below(9))" }
                if index > count / 2, random.below(50) == 0 { text += ",\"charge_kw\":11.5" }
                return Array((text + "}").utf8)
            }
        }
    }

    /// The rows and rejections of `lines` by the plain reader and a dictionary.
    static func model(
        _ lines: [[UInt8]]
    ) -> (rows: [IngestRowKey: IngestRowText], rejections: [RejectionText], accepted: Int) {
        var rows: [IngestRowKey: (row: LineRow, extra: JSONObject)] = [:]
        var rejections: [RejectionText] = []
        var accepted = 0
        for (index, line) in lines.enumerated() {
            switch IngestOracle.read(line) {
            case .blank: continue
            case .rejected(let reason):
                rejections.append(
                    RejectionText(
                        place: "0:\(index + 1)", reason: reason, message: "", textCount: 0))
            case .accepted(let row, let extra):
                accepted += 1
                let key = IngestRowKey(vehicle: row.vehicleID, ts: row.ts)
                var merged = rows[key] ?? (LineRow(), JSONObject())
                for signal in 0..<Signal.count {
                    merged.row.numbers[signal] = row.numbers[signal] ?? merged.row.numbers[signal]
                }
                for signal in 0..<EnumSignal.count where row.words[signal] > 0 {
                    merged.row.words[signal] = row.words[signal]
                }
                for member in extra.members { merged.extra[member.key] = member.value }
                rows[key] = merged
            }
        }
        return (
            rows.mapValues { found in
                IngestRowText(
                    found.row.numbers.map { $0.map { Double(bitPattern: $0) } }, found.row.words,
                    found.extra)
            }, rejections, accepted
        )
    }
}
