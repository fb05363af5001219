import TCCore

/// The bounds of a pool, and the errors of those who meet them.
struct PoolSettings: Sendable {
    /// What there is a limited number of, for messages: `connections to 'db.example'`.
    var what: String
    /// How many there are at most.
    var size: Int
    var waitLimit: Duration
    /// How many calls may wait.
    var queueLimit: Int

    /// `waitLimit` in seconds.
    var waitSeconds: Double { Double(waitLimit.milliseconds) / 1000 }

    var isClosed: TCError { TCError(.unavailable, "the \(what) are closed") }

    func isFull(_ waiting: Int) -> TCError {
        TCError(
            .tryAgain, "\(waiting) calls wait for the \(size) \(what) already",
            hint: "more is asked of the database than it can answer")
    }

    func waitedTooLong(_ seconds: Double) -> TCError {
        let waited = Duration.milliseconds(Int64((seconds * 1000).rounded()))
        return TCError(
            .tryAgain, "waited \(waited.text) for one of the \(size) \(what): all were in use",
            hint: "the database is slow, or more is asked of it than it can answer")
    }
}
