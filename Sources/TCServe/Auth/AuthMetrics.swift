import TCAuth

/// What is counted of logins and refreshes, each outcome by its status.
struct AuthMetrics: Sendable {
    /// The step of a login that an outcome is of.
    enum Step: String, CaseIterable {
        case password
        case secondFactor = "second_factor"
        case provider
    }

    private let logins: [String: Counter]
    private let refreshes: [String: Counter]

    init(_ metrics: Metrics, of auth: AuthService) {
        var logins: [String: Counter] = [:]
        for step in Step.allCases {
            for outcome in AuthMetrics.loginOutcomes {
                logins["\(step.rawValue) \(outcome)"] = metrics.counter(
                    "auth_logins_total", "Steps of logins, by what they came to.",
                    [("step", step.rawValue), ("outcome", outcome)])
            }
        }
        self.logins = logins
        refreshes = Dictionary(
            uniqueKeysWithValues: AuthMetrics.refreshOutcomes.map { outcome in
                (
                    outcome,
                    metrics.counter(
                        "auth_refreshes_total", "Refreshes, by what they came to.",
                        [("outcome", outcome)])
                )
            })
        metrics.reading("auth_password_hashes_waiting", "Passwords that wait to be hashed.") {
            Double(auth.waitingHashCount)
        }
    }

    private static let loginOutcomes = [
        "ok", "mfa_required", "invalid_credentials", "wait", "disabled", "refused",
    ]
    private static let refreshOutcomes = [
        "ok", "unknown_token", "expired", "revoked", "replayed", "conflict",
    ]

    func count(_ outcome: LoginOutcome, of step: Step) {
        let status = if case .refused = outcome { "refused" } else { outcome.status }
        logins["\(step.rawValue) \(status)"]?.add()
    }

    func count(_ outcome: RefreshOutcome) { refreshes[outcome.status]?.add() }
}
