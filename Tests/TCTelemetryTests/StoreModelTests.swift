import TCCore
import TCParquet
import TCStore
import Testing

@testable import TCTelemetry

/// Random operations on a store beside a model that holds every row in memory.
@Suite struct StoreModelTests {
    /// What the store should hold.
    struct Model {
        var rows: [String: [Int64: Message]] = [:]

        mutating func put(_ messages: [Message]) {
            for message in messages {
                if rows[message.vehicle]?[message.ts] != nil {
                    rows[message.vehicle]![message.ts]!.merge(message)
                } else {
                    rows[message.vehicle, default: [:]][message.ts] = message
                }
            }
        }

        mutating func forget(_ rule: ForgetRule) {
            for vehicle in rows.keys where rule.vehicles?.contains(vehicle) ?? true {
                rows[vehicle] = rows[vehicle]!.filter { moment in
                    rule.before.map { moment.key >= $0.milliseconds } ?? false
                }
                if rows[vehicle]!.isEmpty { rows[vehicle] = nil }
            }
        }

        func matching(_ request: ScanRequest) -> [Message] {
            rows.keys.sorted().filter { request.vehicles?.contains($0) ?? true }.flatMap { id in
                rows[id]!.values.filter { message in
                    (request.from.map { message.ts >= $0.milliseconds } ?? true)
                        && (request.to.map { message.ts < $0.milliseconds } ?? true)
                }.sorted { $0.ts < $1.ts }
            }.map { $0.limited(to: request.columns) }
        }

        /// For each vehicle the newest value of each field, each under its own time.
        func latest(_ request: ScanRequest) -> [Message] {
            var answer: [Message] = []
            let all = matching(request)
            for vehicle in Set(all.map(\.vehicle)).sorted() {
                let rows = all.filter { $0.vehicle == vehicle }
                var found: [Int64: Message] = [:]
                func note(_ ts: Int64, _ change: (inout Message) -> Void) {
                    change(&found[ts, default: Message(vehicle: vehicle, ts: ts)])
                }
                note(rows.last!.ts) { _ in }
                for place in 0..<Signal.count {
                    if let row = rows.last(where: { $0.numbers[place] != nil }) {
                        note(row.ts) { $0.numbers[place] = row.numbers[place] }
                    }
                }
                for place in 0..<EnumSignal.count {
                    if let row = rows.last(where: { $0.words[place] != nil }) {
                        note(row.ts) { $0.words[place] = row.words[place] }
                    }
                }
                var keys: [String] = []
                for row in rows {
                    for member in row.extra where !keys.contains(member.key) {
                        keys.append(member.key)
                    }
                }
                for key in keys {
                    let row = rows.last { $0.extra.contains { $0.key == key } }!
                    note(row.ts) { $0.extra.append(row.extra.first { $0.key == key }!) }
                }
                answer += found.values.sorted { $0.ts < $1.ts }
            }
            return answer
        }
    }

    static let days: [Int64] = [0, 20_454, 20_455, 47_481]

    static func randomMessages(_ random: inout Seeded) -> [Message] {
        let count = Int.random(in: 1...120, using: &random)
        let day = days.randomElement(using: &random)! * 86_400_000
        // Few moments, so that files repeat each other's; some at the very ends of a day.
        let base = Int64.random(in: 0..<20, using: &random) * 1000
        return (0..<count).map { _ in
            var message = Message(
                vehicle: "v-\(Int.random(in: 0..<9, using: &random))",
                ts: day + base + Int64.random(in: 0..<40, using: &random) * 250)
            switch Int.random(in: 0..<40, using: &random) {
            case 0: message.ts = day
            case 1: message.ts = day + 86_399_999
            default: break
            }
            for place in [0, 5, 7, 14] where Bool.random(using: &random) {
                message.numbers[place] = Double(Int.random(in: 0...100, using: &random))
            }
            if Bool.random(using: &random) {
                message.numbers[Signal.accelMps2.rawValue] =
                    Double(Int.random(in: -30...30, using: &random)) / 10
            }
            if Bool.random(using: &random) {
                message.numbers[1] = Double.random(in: -90...90, using: &random)
                message.numbers[2] = Double.random(in: -180...180, using: &random)
            }
            if Int.random(in: 0..<3, using: &random) == 0 {
                message.words[Int.random(in: 0..<3, using: &random)] =
                    UInt8.random(in: 1...4, using: &random)
            }
            for key in ["trip", "driver", "é"] where Int.random(in: 0..<6, using: &random) == 0 {
                message.extra.append(
                    Message.Member(key: key, value: "\(Int.random(in: 0...9, using: &random))"))
            }
            return message
        }
    }

    static func randomRequest(_ random: inout Seeded) -> ScanRequest {
        var request = ScanRequest(columns: .all)
        if Int.random(in: 0..<3, using: &random) == 0 {
            request.vehicles = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                "v-\(Int.random(in: 0..<11, using: &random))"
            }
        }
        func moment() -> Instant {
            Instant(
                milliseconds: days.randomElement(using: &random)! * 86_400_000
                    + Int64.random(in: 0..<30_000, using: &random))
        }
        if Bool.random(using: &random) { request.from = moment() }
        if Bool.random(using: &random) { request.to = moment() }
        if Bool.random(using: &random) {
            request.columns = ColumnSet(
                rawValue: UInt32.random(in: 0..<1 << 20, using: &random))
        }
        return request
    }

    static func check(_ store: TelemetryStore, _ model: Model, _ random: inout Seeded) throws {
        let snapshot = try store.snapshot()
        #expect(try snapshot.collect() == model.matching(ScanRequest()))
        #expect(
            try snapshot.statistics(workers: 2).rows
                == model.rows.values.reduce(0) { $0 + $1.count })
        for _ in 0..<4 {
            var request = randomRequest(&random)
            let part = try store.snapshot(from: request.from, to: request.to)
            let expected = model.matching(request)
            #expect(try part.collect(request) == expected, "\(request)")
            let shardRows = Int.random(in: 1...200, using: &random)
            #expect(
                try part.collectInParallel(request, workers: 3, shardRows: shardRows) == expected,
                "\(request)")
            request.latestOnly = true
            #expect(try part.collect(request) == model.latest(request), "\(request)")
            try checkMatches(part, request, model, &random)
            #expect(part.failures.errors.isEmpty)
        }
        #expect(snapshot.failures.errors.isEmpty)
    }

    /// Searching for values beyond limits finds those that are there after merging, by the column
    /// and by the index of harsh rows.
    static func checkMatches(
        _ snapshot: StoreSnapshot, _ request: ScanRequest, _ model: Model, _ random: inout Seeded
    ) throws {
        let searches: [SignalLimits] = [
            SignalLimits(
                .speedKph,
                ValueLimits(
                    below: Double.random(in: -1...30, using: &random),
                    above: Double.random(in: 50...101, using: &random))),
            SignalLimits(
                .accelMps2, ValueLimits(below: -Double.random(in: 2...3, using: &random))),
            SignalLimits(.accelMps2, ValueLimits(below: -2.5, above: 2.7)),
        ]
        for search in searches {
            var request = request
            request.latestOnly = false
            request.columns = ColumnSet(search.signal)
            request.needsTimes = false
            request.matching = search
            var finder = MatchCollector(search: search)
            try snapshot.scanInOrder(request, visitor: &finder)
            var expected: [String: [Double]] = [:]
            for message in model.matching(request) {
                let value = message.numbers[search.signal.rawValue] ?? .nan
                if search.limits.matches(value) {
                    expected[message.vehicle, default: []].append(value)
                }
            }
            #expect(finder.found == expected, "\(request)")
        }
    }

    /// The values beyond limits of each vehicle that has any, in time order.
    private struct MatchCollector: VehicleVisitor {
        let search: SignalLimits
        var found: [String: [Double]] = [:]

        mutating func visit(_ rows: VehicleRows) throws {
            let vehicle = String(decoding: rows.vehicleID, as: UTF8.self)
            for row in 0..<rows.count where search.limits.matches(rows[search.signal][row]) {
                found[vehicle, default: []].append(rows[search.signal][row])
            }
        }

        mutating func endVehicle() throws {}
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func answersLikeTheModelAfterAnyOperations(seed: UInt64) throws {
        var random = Seeded(seed)
        let bed = StoreBed()
        var model = Model()
        let control = MaintenanceControl(workers: 2)
        for _ in 0..<25 {
            let store = try bed.store()
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<7:
                let messages = StoreModelTests.randomMessages(&random)
                try store.put(messages, groupRows: Int.random(in: 1...60, using: &random))
                model.put(messages)
            case 7..<9:
                let expected = try store.snapshot().statistics(workers: 1)
                var files = 0
                try store.compact(dryRun: false, control, failed: { Issue.record($0) }) { day in
                    #expect(day.filesAfter == 1)
                    #expect(day.rowsAfter <= day.rowsBefore)
                    files += day.files.count - 1
                }
                let after = try store.snapshot().statistics(workers: 1)
                #expect(after.files == expected.files - files)
                #expect(after.rows == expected.rows && after.storedRows == after.rows)
            default:
                let rule = ForgetRule(
                    vehicles: Bool.random(using: &random) ? ["v-3", "v-nobody"] : nil,
                    before: Instant(
                        milliseconds: StoreModelTests.days[1] * 86_400_000
                            + Int64.random(in: 0..<20_000, using: &random)))
                var told: [ForgottenRows] = []
                try store.forget(rule, dryRun: true, control, failed: { Issue.record($0) }) {
                    told.append($0)
                }
                var done: [ForgottenRows] = []
                try store.forget(rule, dryRun: false, control, failed: { Issue.record($0) }) {
                    done.append($0)
                }
                #expect(told == done)
                model.forget(rule)
            }
            try StoreModelTests.check(store, model, &random)
        }
        try bed.store().verify(control) { #expect($0.fault == nil) }
    }
}
