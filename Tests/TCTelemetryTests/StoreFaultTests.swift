import Glibc
import Synchronization
import TCCore
import TCStore
import Testing

@testable import TCTelemetry

/// Every step of publishing, compacting and forgetting fails in every way, once and for good; after
/// each, the store is opened as a new process would find it.
@Suite struct StoreFaultTests {
    /// Answers one step with a fault and counts the steps.
    final class FaultPlan: Sendable {
        private struct State {
            var count = 0
            var steps: [FileStep] = []
            var isDead = false
        }

        private let state = Mutex(State())
        let at: Int?
        let fault: Fault
        let isPersistent: Bool

        init(at: Int?, fault: Fault = .kill, isPersistent: Bool = false) {
            self.at = at
            self.fault = fault
            self.isPersistent = isPersistent
        }

        var steps: [FileStep] { state.withLock { $0.steps } }

        var table: FileSystem.FaultTable {
            { step, _ in
                self.state.withLock { state in
                    // After a kill nothing happens any more, not even clean-up.
                    if state.isDead { return .kill }
                    state.steps.append(step)
                    state.count += 1
                    guard let at = self.at else { return nil }
                    guard state.count - 1 == at || self.isPersistent && state.count > at else {
                        return nil
                    }
                    if case .kill = self.fault { state.isDead = true }
                    if case .partialWrite = self.fault, step != .write { return nil }
                    return self.fault
                }
            }
        }
    }

    /// What is done to a store, and which contents it may leave.
    struct Scenario: Sendable {
        let name: String
        /// Makes the store that the fault meets.
        let prepare: @Sendable (TelemetryStore) throws -> Void
        let act: @Sendable (TelemetryStore) throws -> Void
        /// What may be there when `act` failed; the last is what is there when it succeeded.
        let allowed: [[Message]]
    }

    static let dayA: Int64 = 20_454 * 86_400_000
    static let dayB: Int64 = 20_455 * 86_400_000
    static let control = MaintenanceControl(workers: 1)

    static func messages(_ vehicles: [String], _ start: Int64, soc: Double) -> [Message] {
        vehicles.flatMap { vehicle in
            (0..<3).map { row in
                Message(
                    vehicle: vehicle, ts: start + Int64(row) * 1000,
                    numbers: [0: soc, 5 + row: Double(row)], words: [1: 4],
                    extra: [.init(key: "trip", value: "\"T\(row)\"")])
            }
        }
    }

    static func folded(_ messages: [Message]) -> [Message] {
        var model = StoreModelTests.Model()
        model.put(messages)
        return model.matching(ScanRequest())
    }

    static var scenarios: [Scenario] {
        let old = messages(["a", "b"], dayA, soc: 50)
        let late = messages(["b", "c"], dayA + 1000, soc: 40)
        let more = messages(["a"], dayA + 9000, soc: 30)
        let other = messages(["c"], dayB, soc: 20)
        let all = old + late + more + other
        return [
            Scenario(
                name: "publish the first file", prepare: { _ in }, act: { try $0.put(old) },
                allowed: [[], folded(old)]),
            Scenario(
                name: "publish two days", prepare: { try $0.put(old) },
                act: { try $0.put(late + other) },
                allowed: [folded(old), folded(old + late), folded(old + late + other)]),
            Scenario(
                name: "compact",
                prepare: {
                    try $0.put(old)
                    try $0.put(late)
                    try $0.put(more)
                    try $0.put(other)
                    try $0.put(other)
                },
                act: { try compact($0) }, allowed: [folded(all)]),
            Scenario(
                name: "forget a vehicle and a day",
                prepare: {
                    try $0.put(old)
                    try $0.put(late)
                    try $0.put(other)
                },
                act: {
                    try forget($0, ForgetRule(vehicles: ["c"], before: nil))
                },
                allowed: [
                    folded(old + late + other),
                    // The files of a forget are independent: one may fail and the next be done.
                    folded(old + late.filter { $0.vehicle != "c" } + other), folded(old + late),
                    folded(old + late.filter { $0.vehicle != "c" }),
                ]),
        ]
    }

    static func compact(_ store: TelemetryStore) throws {
        var failure: TCError?
        try store.compact(dryRun: false, control, failed: { failure = failure ?? $0 }) { _ in }
        if let failure { throw failure }
    }

    static func forget(_ store: TelemetryStore, _ rule: ForgetRule) throws {
        var failure: TCError?
        try store.forget(rule, dryRun: false, control, failed: { failure = failure ?? $0 }) { _ in }
        if let failure { throw failure }
    }

    static let faults: [Fault] = [
        .fail(ENOSPC), .fail(EIO), .fail(EROFS), .fail(EINTR), .partialWrite(5), .kill,
    ]

    @Test(arguments: 0..<4)
    func keepsWhatWasPublishedWhateverStepFails(scenario index: Int) throws {
        let scenario = StoreFaultTests.scenarios[index]
        let counting = FaultPlan(at: nil)
        let bed = StoreBed()
        try scenario.prepare(try bed.store())
        try scenario.act(try bed.store(faults: counting.table))
        #expect(try bed.store().snapshot().collect() == scenario.allowed.last)
        let steps = counting.steps
        #expect(steps.count > 20)
        #expect(
            Set(steps).isSuperset(of: [.create, .write, .syncFile, .rename, .syncFolder, .lock]))
        var met = 0
        for at in steps.indices {
            for fault in StoreFaultTests.faults {
                for isPersistent in [false, true] {
                    if case .partialWrite = fault, steps[at] != .write { continue }
                    // An interruption that never ends is no failure but a loop.
                    if case .fail(EINTR) = fault, isPersistent { continue }
                    try meet(scenario, FaultPlan(at: at, fault: fault, isPersistent: isPersistent))
                    met += 1
                }
            }
        }
        print("faults met by '\(scenario.name)': \(met) at \(steps.count) steps")
    }

    private func meet(_ scenario: Scenario, _ plan: FaultPlan) throws {
        let bed = StoreBed()
        try scenario.prepare(try bed.store())
        let place = "\(scenario.name), step \(plan.at!), \(plan.fault), \(plan.isPersistent)"
        var hasFailed = false
        do {
            try scenario.act(try bed.store(faults: plan.table))
        } catch let error as TCError {
            hasFailed = true
            #expect(error.kind == .io && error.message.contains(bed.path), "\(place): \(error)")
        } catch is Killed {
            hasFailed = true
        }
        try look(bed, scenario, mustBeDone: !hasFailed, place)
        // Whoever tries again completes the work, and nothing of the failure stays.
        try scenario.act(try bed.store())
        try look(bed, scenario, mustBeDone: true, place)
        try bed.store().removeAbandonedFiles()
        #expect(!bed.allFiles().contains { $0.hasSuffix(".tmp") }, "\(place)")
    }

    private func look(
        _ bed: StoreBed, _ scenario: Scenario, mustBeDone: Bool, _ place: String
    ) throws {
        let store = try bed.store()
        let snapshot = try store.snapshot()
        let found = try snapshot.collect()
        if mustBeDone {
            #expect(found == scenario.allowed.last, "\(place)")
        } else {
            #expect(scenario.allowed.contains(found), "\(place): \(found)")
        }
        #expect(snapshot.failures.errors.isEmpty, "\(place)")
        try store.verify(StoreFaultTests.control) { #expect($0.fault == nil, "\(place)") }
    }

    @Test func cleansUpOnlyWhatNobodyWrites() throws {
        let bed = StoreBed()
        let store = try bed.store()
        let plan = FaultPlan(at: 8, fault: .kill)
        #expect(throws: Killed.self) {
            try bed.store(faults: plan.table).put(
                StoreFaultTests.messages(["a"], StoreFaultTests.dayA, soc: 1))
        }
        let open = try store.newFile(day: Day(number: 20_454))
        #expect(bed.allFiles().filter { $0.hasSuffix(".tmp") }.count == 2)
        try store.removeAbandonedFiles()
        #expect(bed.allFiles().filter { $0.hasSuffix(".tmp") }.count == 1)
        _ = open
    }

    @Test func compactKilledBeforeItRemovedTheOldFilesLeavesThemOutOfEveryAnswer() throws {
        let bed = StoreBed()
        let store = try bed.store()
        let first = StoreFaultTests.messages(["a"], StoreFaultTests.dayA, soc: 50)
        let second = StoreFaultTests.messages(["a"], StoreFaultTests.dayA + 2000, soc: 40)
        try store.put(first)
        try store.put(second)
        let counting = FaultPlan(at: nil)
        let other = StoreBed()
        try other.store().put(first)
        try other.store().put(second)
        try StoreFaultTests.compact(try other.store(faults: counting.table))
        let removal = counting.steps.firstIndex(of: .remove)!
        #expect(throws: Killed.self) {
            try StoreFaultTests.compact(
                try bed.store(faults: FaultPlan(at: removal, fault: .kill).table))
        }
        #expect(bed.allFiles().filter { $0.hasSuffix(".parquet") }.count == 3)
        let snapshot = try store.snapshot()
        #expect(try snapshot.statistics(workers: 1).files == 1)
        #expect(try snapshot.collect() == StoreFaultTests.folded(first + second))
        // To forget is to forget the copies too.
        try StoreFaultTests.forget(store, ForgetRule(vehicles: ["a"], before: nil))
        #expect(bed.allFiles().isEmpty)
        #expect(try store.snapshot().collect().isEmpty)
    }

    @Test func aSecondMaintenanceIsAskedToComeBack() throws {
        let bed = StoreBed()
        let store = try bed.store()
        try store.put(StoreFaultTests.messages(["a"], StoreFaultTests.dayA, soc: 1))
        let lock = try store.lockForMaintenance()
        let error = #expect(throws: TCError.self) { try StoreFaultTests.compact(store) }
        #expect(error?.kind == .tryAgain)
        lock?.release()
        try StoreFaultTests.compact(store)
    }
}
