import Glibc
import TCCore
import TCStore
import Testing

@testable import TCParquet
@testable import TCTelemetry

/// Files that are damaged, cut short, gone or not ours: named, and everything else is answered.
@Suite struct StoreDamageTests {
    static let day: Int64 = 20_454 * 86_400_000

    /// Two files of different vehicles, and their rows.
    private func makeStore(_ bed: StoreBed) throws -> (TelemetryStore, [Message], [Message]) {
        let store = try bed.store()
        var random = Seeded(11)
        func messages(_ vehicles: [String]) -> [Message] {
            var messages: [Message] = []
            for vehicle in vehicles {
                for row in 0..<300 {
                    var message = Message(
                        vehicle: vehicle, ts: StoreDamageTests.day + Int64(row) * 1000)
                    message.numbers[0] = Double(row % 100)
                    message.numbers[1] = Double.random(in: -90...90, using: &random)
                    message.numbers[2] = Double.random(in: -180...180, using: &random)
                    message.words[0] = UInt8(row % 5 + 1)
                    if row % 7 == 0 { message.extra = [.init(key: "n", value: "\(row)")] }
                    messages.append(message)
                }
            }
            return messages
        }
        let first = messages(["a", "b"])
        let second = messages(["c"])
        try store.put(first, groupRows: 250)
        try store.put(second)
        return (store, first, second)
    }

    private func bytes(_ path: String) -> [UInt8] {
        let descriptor = open(path, O_RDONLY)
        defer { close(descriptor) }
        var info = stat()
        fstat(descriptor, &info)
        var bytes = [UInt8](repeating: 0, count: Int(info.st_size))
        let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        precondition(count == bytes.count)
        return bytes
    }

    private func write(_ bytes: [UInt8], _ path: String) {
        let descriptor = open(path, O_WRONLY | O_TRUNC | O_CREAT, 0o666)
        defer { close(descriptor) }
        let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        precondition(count == bytes.count)
    }

    /// A byte in the middle of a signal's first values in a file.
    private func placeInColumn(_ signal: Signal, _ path: String) throws -> Int {
        let file = try ParquetFile(path: path)
        let chunk = file.chunks[0][StoreSchema.column(signal)]
        return (chunk.dataPageOffset + chunk.end) / 2
    }

    /// Looks at a store whose first file was tampered with.
    private func look(
        _ store: TelemetryStore, _ first: [Message], _ second: [Message], _ path: String,
        mustFail: Bool, _ what: String
    ) throws {
        for latestOnly in [false, true] {
            var request = ScanRequest()
            request.latestOnly = latestOnly
            let snapshot = try store.snapshot()
            let found = try snapshot.collect(request)
            let errors = snapshot.failures.errors
            #expect(errors.allSatisfy { $0.kind == .io && $0.message.contains(path) }, "\(what)")
            if latestOnly { continue }
            #expect(found.filter { $0.vehicle == "c" } == second, "\(what)")
            // Rows may be missing where an error says so, but none may be wrong.
            let isKnown = found.allSatisfy { row in
                let place = Int(row.ts - StoreDamageTests.day) / 1000
                return row.vehicle == "c" || first[row.vehicle == "a" ? place : 300 + place] == row
            }
            #expect(isKnown, "\(what)")
            if errors.isEmpty { #expect(found == first + second, "\(what)") }
            if mustFail { #expect(!errors.isEmpty, "\(what)") }
        }
        var faults: [TCError] = []
        try store.verify(StoreFaultTests.control) { file in
            if let fault = file.fault { faults.append(fault) }
        }
        #expect(faults.count <= 1 && faults.allSatisfy { $0.message.contains(path) }, "\(what)")
        if mustFail { #expect(faults.count == 1, "\(what)") }
    }

    @Test func namesAFileWithFlippedBitsAndAnswersTheRest() throws {
        let bed = StoreBed()
        let (store, first, second) = try makeStore(bed)
        let path = "\(bed.path)/store/telemetry/date=2026-01-01/00000001-00000001.parquet"
        let sound = bytes(path)
        var random = Seeded(5)
        for _ in 0..<150 {
            var damaged = sound
            let at = Int.random(in: 0..<sound.count, using: &random)
            let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &random)
            damaged[at] ^= bit
            write(damaged, path)
            try look(store, first, second, path, mustFail: false, "byte \(at), bit \(bit)")
        }
        // What decides an answer must not go unnoticed: the pages, the footer and its length.
        let places = [
            try placeInColumn(.lat, path), try placeInColumn(.lon, path), sound.count - 20,
            sound.count - 6, sound.count - 1,
        ]
        for at in places {
            var damaged = sound
            damaged[at] ^= 0x10
            write(damaged, path)
            try look(store, first, second, path, mustFail: true, "byte \(at)")
        }
        write(sound, path)
        #expect(try store.snapshot().collect() == first + second)
    }

    @Test func namesAFileThatWasCutShort() throws {
        let bed = StoreBed()
        let (store, first, second) = try makeStore(bed)
        let path = "\(bed.path)/store/telemetry/date=2026-01-01/00000001-00000001.parquet"
        let sound = bytes(path)
        for length in [0, 1, 4, 11, 12, 100, sound.count / 2, sound.count - 1] {
            write(Array(sound[..<length]), path)
            try look(store, first, second, path, mustFail: true, "\(length) bytes")
        }
        write(sound + [0], path)
        try look(store, first, second, path, mustFail: true, "one byte more")
    }

    @Test(arguments: [-1, 1])
    func `a file whose index counts other rows than it has is left out whole`(excess: Int) throws {
        let bed = StoreBed()
        let (store, first, second) = try makeStore(bed)
        let builder = RowGroupBuilder()
        var source = GroupBuilder(builder: builder)
        try store.snapshot().scanInOrder(ScanRequest(), visitor: &source)
        try builder.finish()
        let group = builder.groups[0]
        var wrong = VehicleRuns()
        group.runs.visit { run in
            var run = run
            if Array(run.id) == Array("c".utf8) { run.rows += excess }
            wrong.append(run)
        }
        // A file by hand: the store's own writer refuses such runs.
        var file: [UInt8] = []
        let writer = try ParquetWriter(
            schema: StoreSchema.columns, sortedBy: [StoreSchema.vehicleID, StoreSchema.ts],
            createdBy: "tc", sink: { file += $0 })
        try writer.append(rowGroup: group.columns, rows: group.rows)
        try writer.attach(VehicleIndex.attachmentName, wrong.index())
        _ = try writer.finish(keyValues: [])
        let path = "\(bed.path)/store/telemetry/date=2026-01-01/00000003-00000003.parquet"
        write(file, path)
        let snapshot = try store.snapshot()
        #expect(try snapshot.collect() == first + second)
        #expect(snapshot.failures.errors.count == 1)
        let said = snapshot.failures.errors.first?.message
        #expect(said == "'\(path)': its index of vehicles does not fit its rows")
    }

    private struct GroupBuilder: VehicleVisitor {
        let builder: RowGroupBuilder

        mutating func visit(_ rows: VehicleRows) throws { try builder.append(rows, 0..<rows.count) }
        mutating func endVehicle() throws {}
    }

    @Test func compactAndForgetLeaveADamagedDayAsItIs() throws {
        let bed = StoreBed()
        let (store, _, second) = try makeStore(bed)
        let path = "\(bed.path)/store/telemetry/date=2026-01-01/00000001-00000001.parquet"
        var damaged = bytes(path)
        damaged[try placeInColumn(.lat, path)] ^= 4
        write(damaged, path)
        let before = bed.allFiles()
        #expect(throws: TCError.self) { try StoreFaultTests.compact(store) }
        #expect(throws: TCError.self) {
            try StoreFaultTests.forget(store, ForgetRule(vehicles: ["a"], before: nil))
        }
        #expect(bed.allFiles() == before)
        #expect(bytes(path) == damaged)
        #expect(try store.snapshot().collect().filter { $0.vehicle == "c" } == second)
    }

    @Test func aReplacedFileStaysWhileWhatReplacesItCannotBeRead() throws {
        let bed = StoreBed()
        let (store, _, _) = try makeStore(bed)
        let folder = "\(bed.path)/store/telemetry/date=2026-01-01"
        write([1, 2, 3], "\(folder)/00000001-00000002.parquet")
        try store.removeAbandonedFiles()
        #expect(bed.allFiles().filter { $0.hasSuffix(".parquet") }.count == 3)
        #expect(try store.snapshot().failures.errors.count == 1)
    }

    @Test func aFileOfTheWrongDayIsFoundByVerify() throws {
        let bed = StoreBed()
        let (store, _, _) = try makeStore(bed)
        let telemetry = "\(bed.path)/store/telemetry"
        mkdir("\(telemetry)/date=2026-01-02", 0o777)
        rename(
            "\(telemetry)/date=2026-01-01/00000002-00000002.parquet",
            "\(telemetry)/date=2026-01-02/00000001-00000001.parquet")
        var faults: [String] = []
        try store.verify(StoreFaultTests.control) { file in
            if let fault = file.fault { faults.append(fault.message) }
        }
        #expect(faults.count == 1)
        #expect(faults.first?.contains("2026-01-02") == true)
    }

    @Test func answersThoughAFileVanishesAfterItWasOpened() throws {
        let bed = StoreBed()
        let (store, first, second) = try makeStore(bed)
        let snapshot = try store.snapshot()
        for file in bed.allFiles() { unlink("\(bed.path)/store/telemetry/\(file)") }
        #expect(try snapshot.collect() == first + second)
        #expect(try store.snapshot().collect().isEmpty)
    }

    @Test func aStoreThatIsNotThereIsEmpty() throws {
        let bed = StoreBed()
        let store = try bed.store()
        #expect(try store.snapshot().collect().isEmpty)
        try StoreFaultTests.compact(store)
        try StoreFaultTests.forget(store, ForgetRule(vehicles: ["a"], before: nil))
        try store.verify(StoreFaultTests.control) { _ in Issue.record("there is no file") }
        #expect(!FileSystem().exists("\(bed.path)/store"))
    }
}
