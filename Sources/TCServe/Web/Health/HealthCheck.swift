/// One thing that must answer for a server to do its work well.
public struct HealthCheck: Sendable {
    /// A word: `database`.
    public let name: String
    /// Whether the server is not ready while it fails; otherwise that is only shown and logged.
    public let isVital: Bool
    /// How long it may take before it counts as failed.
    public let timeout: Duration
    let run: @Sendable () async throws -> Void

    /// - Parameter run: returns where all is well, throws where it is not; it should end soon after
    ///   its task is cancelled.
    public init(
        _ name: String, timeout: Duration = .seconds(2), isVital: Bool = true,
        run: @escaping @Sendable () async throws -> Void
    ) {
        self.name = name
        self.isVital = isVital
        self.timeout = timeout
        self.run = run
    }
}
