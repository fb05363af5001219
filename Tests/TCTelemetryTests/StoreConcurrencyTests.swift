import Synchronization
import TCCore
import TCStore
import Testing

@testable import TCTelemetry

/// Ingests, a compact, a forget and queries at once, each with a store of its own as processes have.
/// Their locks are on separate open files, so they work between threads as between processes.
@Suite struct StoreConcurrencyTests {
    private static let day: Int64 = 20_454 * 86_400_000
    private static let rounds = 12

    /// What writer `writer` publishes in its round `round`: some rows that only it has, and a moment
    /// that both writers tell of in every round.
    private static func messages(_ writer: Int, _ round: Int) -> [Message] {
        (0..<20).map { row in
            Message(
                vehicle: "w\(writer)-\(row % 3)", ts: day + Int64(round * 20 + row) * 1000,
                numbers: [0: Double(round)])
        } + [Message(vehicle: "both", ts: day, numbers: [5 + writer: Double(round)])]
            + [Message(vehicle: "gone-\(writer)", ts: day + Int64(round), words: [0: 1])]
    }

    @Test func twoWritersACompactAForgetAndQueriesAtOnceLoseNothing() throws {
        let bed = StoreBed()
        let path = bed.path
        let published = Mutex([0, 0])
        let writersLeft = Mutex(2)
        try Workers.run(5) { role in
            let store = try TelemetryStore(url: "parquet:\(path)/store")
            switch role {
            case 0, 1:
                defer { writersLeft.withLock { $0 -= 1 } }
                for round in 0..<StoreConcurrencyTests.rounds {
                    try store.put(StoreConcurrencyTests.messages(role, round))
                    published.withLock { $0[role] = round + 1 }
                }
            case 2, 3:
                while writersLeft.withLock({ $0 }) > 0 {
                    do {
                        if role == 2 {
                            try StoreFaultTests.compact(store)
                        } else {
                            try StoreFaultTests.forget(
                                store,
                                ForgetRule(vehicles: ["gone-0", "gone-1"], before: nil))
                        }
                    } catch let error as TCError where error.kind == .tryAgain {
                        // The other of the two is at work: what each is told in that case.
                    }
                }
            default:
                while writersLeft.withLock({ $0 }) > 0 {
                    // Whatever was published before the snapshot must be in it, once.
                    let promised = published.withLock { $0 }
                    let snapshot = try store.snapshot()
                    let rows = try snapshot.collect()
                    #expect(snapshot.failures.errors.isEmpty)
                    for writer in 0..<2 {
                        let own = rows.filter { $0.vehicle.hasPrefix("w\(writer)") }
                        #expect(own.count >= promised[writer] * 20)
                        #expect(own.count % 20 == 0)
                    }
                }
            }
        }
        let store = try bed.store()
        try StoreFaultTests.forget(store, ForgetRule(vehicles: ["gone-0", "gone-1"], before: nil))
        var model = StoreModelTests.Model()
        for round in 0..<StoreConcurrencyTests.rounds {
            for writer in 0..<2 { model.put(StoreConcurrencyTests.messages(writer, round)) }
        }
        model.forget(ForgetRule(vehicles: ["gone-0", "gone-1"], before: nil))
        #expect(try store.snapshot().collect() == model.matching(ScanRequest()))
        try StoreFaultTests.compact(store)
        #expect(try store.snapshot().collect() == model.matching(ScanRequest()))
        #expect(bed.allFiles().count == 1)
        try store.verify(StoreFaultTests.control) { #expect($0.fault == nil) }
    }

    @Test func mergesMoreFilesThanOnePassTakes() throws {
        let bed = StoreBed()
        let store = try bed.store()
        var model = StoreModelTests.Model()
        for file in 0..<60 {
            let messages = (0..<4).map { row in
                Message(
                    vehicle: "v\(row)", ts: StoreConcurrencyTests.day + Int64(file % 7) * 1000,
                    numbers: [file % 16 == 1 || file % 16 == 2 ? 0 : file % 16: Double(file % 90)],
                    extra: [.init(key: "k\(file % 3)", value: "\(file)")])
            }
            try store.put(messages)
            model.put(messages)
        }
        #expect(try store.snapshot().collect() == model.matching(ScanRequest()))
        var days: [CompactedDay] = []
        try store.compact(
            dryRun: false, StoreFaultTests.control, failed: { Issue.record($0) },
            report: { days.append($0) })
        #expect(days.count == 1 && days[0].files.count == 60 && days[0].filesAfter == 1)
        #expect(days[0].rowsBefore == 240 && days[0].rowsAfter == 28)
        #expect(bed.allFiles() == ["date=2026-01-01/00000001-00000060.parquet"])
        #expect(try store.snapshot().collect() == model.matching(ScanRequest()))
    }

    @Test func aVehicleLongerThanABlockIsShownPieceByPieceAndMerged() throws {
        let bed = StoreBed()
        let store = try bed.store()
        var model = StoreModelTests.Model()
        let long = (0..<40_000).map { row in
            Message(
                vehicle: "long", ts: StoreConcurrencyTests.day + Int64(row) * 1000,
                numbers: [0: Double(row % 100)])
        }
        let repeats = stride(from: 0, to: 40_000, by: 9).map { row in
            Message(
                vehicle: "long", ts: StoreConcurrencyTests.day + Int64(row) * 1000,
                numbers: [5: Double(row % 50)], extra: [.init(key: "n", value: "\(row)")])
        }
        try store.put(long)
        model.put(long)
        #expect(try store.snapshot().collect() == model.matching(ScanRequest()))
        try store.put(repeats)
        model.put(repeats)
        #expect(try store.snapshot().collect() == model.matching(ScanRequest()))
        var request = ScanRequest(
            from: Instant(milliseconds: StoreConcurrencyTests.day + 35_000_500),
            to: Instant(milliseconds: StoreConcurrencyTests.day + 36_000_000))
        #expect(try store.snapshot().collect(request) == model.matching(request))
        request.latestOnly = true
        #expect(try store.snapshot().collect(request) == model.latest(request))
    }

    @Test func keepsTheFirstAndTheLastDay() throws {
        let bed = StoreBed()
        let store = try bed.store()
        let last = Day(year: 2100, month: 12, day: 31)!.start.milliseconds + 86_399_999
        let messages = [
            Message(vehicle: "v", ts: 0, numbers: [0: 1]),
            Message(vehicle: "v", ts: 86_399_999, numbers: [0: 2]),
            Message(vehicle: "v", ts: 86_400_000, numbers: [0: 3]),
            Message(vehicle: "v", ts: last, numbers: [0: 4]),
        ]
        try store.put(messages)
        #expect(try store.snapshot().collect() == messages)
        #expect(
            bed.allFiles().map { $0.prefix(15) } == [
                "date=1970-01-01", "date=1970-01-02", "date=2100-12-31",
            ])
        let second = Instant(milliseconds: 86_400_000)
        #expect(try store.snapshot(to: second).collect() == Array(messages[..<2]))
        #expect(try store.snapshot(from: second).collect() == Array(messages[2...]))
        let days = try store.snapshot().statisticsByDay(workers: 1)
        #expect(days.map(\.rows) == [2, 1, 1])
        try store.verify(StoreFaultTests.control) { #expect($0.fault == nil) }
    }

    @Test func aWriterRefusesRowsThatBreakTheOrderOrTheDay() throws {
        let bed = StoreBed()
        let store = try bed.store()
        let day = Day(number: 20_454)
        func run(_ id: String, _ first: Int64, _ last: Int64) -> (String, Int64, Int64) {
            (id, StoreConcurrencyTests.day + first, StoreConcurrencyTests.day + last)
        }
        let wrong: [[(id: String, first: Int64, last: Int64)]] = [
            [run("b", 0, 0), run("a", 0, 0)], [run("a", 5, 5), run("a", 5, 5)],
            [run("a", 86_399_999, 86_400_000)], [run("a", -1, 0)], [run("a", 2, 1)],
        ]
        for given in wrong {
            var runs = VehicleRuns()
            for (id, first, last) in given {
                Array(id.utf8).withUnsafeBufferPointer {
                    runs.append(.init(id: $0, rows: 1, first: first, last: last))
                }
            }
            var harsh = HarshRows()
            harsh.take(nil, rows: runs.count, order: nil)
            let writer = try store.newFile(day: day)
            let error = #expect(throws: TCError.self) {
                try writer.append(
                    columns: [], rows: runs.count, runs: runs,
                    places: Array(repeating: .none, count: runs.count), harsh: harsh)
            }
            #expect(error?.kind == .bug)
        }
        #expect(bed.allFiles().isEmpty)
    }
}
