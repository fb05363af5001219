import TCCore

/// A document of a provider that is fetched when it is needed and kept for a while.
actor FetchedDocument<Value: Sendable> {
    private let seams: Seams
    private let fetch: @Sendable () async throws -> Value
    private var kept: (value: Value, fetchedAt: Double)?
    private var pending: Task<Value, any Error>?

    init(_ seams: Seams, fetch: @escaping @Sendable () async throws -> Value) {
        self.seams = seams
        self.fetch = fetch
    }

    /// The document as it was no longer than `age` ago; it is fetched where what is kept is older.
    ///
    /// All who ask while it is being fetched wait for the same answer, and where that fails all get its
    /// error; the next to ask has it fetched again.
    func value(notOlderThan age: Duration) async throws -> Value {
        if let kept, seams.uptime() - kept.fetchedAt < Double(age.milliseconds) / 1000 {
            return kept.value
        }
        if let pending { return try await pending.value }
        // Waited for here and by those who come meanwhile. It is no child of this task, since the
        // others must get their answer although this one may be cancelled.
        let task = Task { try await fetch() }
        pending = task
        defer { pending = nil }
        let value = try await task.value
        kept = (value, seams.uptime())
        return value
    }
}
