import TCCore

extension Instant {
    /// The moment so much later.
    func adding(_ duration: Duration) -> Instant {
        Instant(milliseconds: milliseconds + duration.milliseconds)
    }
}
