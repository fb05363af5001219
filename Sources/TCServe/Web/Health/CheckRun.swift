import Synchronization

/// How a check ended.
enum CheckOutcome: Equatable, Sendable {
    case passed
    /// The words are for the log; a probe is told no more than that it failed.
    case failed(String)
    case timedOut
}

/// Runs one check within its time, and never twice at once.
final class CheckRun: Sendable {
    let name: String
    var isVital: Bool { check.isVital }
    private let check: HealthCheck
    private let isRunning = Atomic<Bool>(false)

    init(_ check: HealthCheck, service: String) {
        name = "\(service).\(check.name)"
        self.check = check
    }

    /// Returns when the check has ended or its time is up, whichever comes first. An engine that hangs
    /// can keep a check from ending; it then holds one task, whoever asks again.
    func outcome() async -> CheckOutcome {
        if isRunning.exchange(true, ordering: .relaxed) { return .timedOut }
        let (outcomes, first) = AsyncStream<CheckOutcome>.makeStream(
            bufferingPolicy: .bufferingOldest(1))
        // Nobody waits for these two: the answer is whichever comes first, and both are cancelled.
        let work = Task {
            defer { isRunning.store(false, ordering: .relaxed) }
            do {
                try await check.run()
                first.yield(.passed)
            } catch {
                first.yield(.failed("\(error)"))
            }
        }
        let timer = Task {
            // Cancelled when the check was faster; it then yields what nobody reads.
            try? await Task.sleep(for: check.timeout)
            first.yield(.timedOut)
        }
        defer {
            work.cancel()
            timer.cancel()
        }
        for await outcome in outcomes { return outcome }
        return .timedOut
    }
}
