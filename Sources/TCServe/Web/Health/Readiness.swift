import Synchronization
import TCWire

/// Whether the server can do its work: the checks of all services, run at the same time.
///
/// What they say holds for a second, and whoever asks meanwhile gets the same answer or waits for the
/// same run: any number of probes costs the engines one check a second.
actor Readiness {
    /// What the checks said.
    struct Report: Sendable {
        let outcomes: [(name: String, isVital: Bool, outcome: CheckOutcome)]
        var isReady: Bool { outcomes.allSatisfy { $0.outcome == .passed || !$0.isVital } }
    }

    /// Seconds for which a report holds.
    static let lifetime = 1.0

    private let checks: [CheckRun]
    private let uptime: @Sendable () -> Double
    private let log: ServerLog
    private var last: (report: Report, at: Double)?
    private var running: Task<Report, Never>?
    private let draining = Atomic<Bool>(false)

    init(checks: [CheckRun], log: ServerLog, uptime: @escaping @Sendable () -> Double) {
        self.checks = checks
        self.log = log
        self.uptime = uptime
    }

    /// From here on the server is not ready, whatever the checks say.
    nonisolated func startDraining() { draining.store(true, ordering: .relaxed) }

    nonisolated var isDraining: Bool { draining.load(ordering: .relaxed) }

    func report() async -> Report {
        if let last, uptime() - last.at < Readiness.lifetime { return last.report }
        // Everybody who asks during a run waits for it.
        let run = running ?? Task { await Readiness.run(checks) }
        running = run
        let report = await run.value
        // Of those who waited, the first takes the report over.
        if running == run {
            running = nil
            tell(report)
            last = (report, uptime())
        }
        return report
    }

    /// Logs what has changed: a probe every few seconds must not fill the log.
    private func tell(_ report: Report) {
        for (index, (name, _, outcome)) in report.outcomes.enumerated() {
            let before = last?.report.outcomes[index].outcome
            if (before ?? .passed) == outcome { continue }
            log.write(outcome == .passed ? .info : .warning, "check \(outcome.word)") { json in
                json.key("check")
                json.string(name)
                if case .failed(let cause) = outcome {
                    json.key("cause")
                    json.string(cause)
                }
            }
        }
    }

    private static func run(_ checks: [CheckRun]) async -> Report {
        await withTaskGroup(of: (Int, CheckOutcome).self) { group in
            for (index, check) in checks.enumerated() {
                group.addTask { (index, await check.outcome()) }
            }
            var outcomes = checks.map { ($0.name, $0.isVital, CheckOutcome.timedOut) }
            for await (index, outcome) in group { outcomes[index].2 = outcome }
            return Report(outcomes: outcomes)
        }
    }
}

extension CheckOutcome {
    /// What a probe is told.
    var word: String {
        switch self {
        case .passed: "passed"
        case .failed: "failed"
        case .timedOut: "timed_out"
        }
    }
}
