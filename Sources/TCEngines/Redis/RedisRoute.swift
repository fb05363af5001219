import TCCore

/// Where requests go: to one server, or to the node of a cluster that has the key.
///
/// Writing a request may be asked for several times, for as many attempts.
protocol RedisRoute: Sendable {
    /// What errors call it; it holds no secret.
    var name: String { get }

    /// `keys`, as they may stand together in one request.
    func groups(_ keys: [String]) -> [[String]]

    /// Sends a request that touches `key`, and other keys of its slot at most.
    ///
    /// - Parameter repeats: whether to try again although a server may have carried it out already.
    /// - Throws: `unavailable`, or `configuration` where a server does not let us in.
    func send(
        for key: String, repeats: Bool, _ request: (inout RESPWriter) -> Void
    ) async throws -> RedisReply

    /// Sends a request that any server may carry out; those for one channel keep their order, as long
    /// as the same server is there.
    func publish(
        _ channel: String, _ request: (inout RESPWriter) -> Void
    ) async throws -> RedisReply

    /// What each server answers to a trivial question.
    func check() async throws -> [RedisReply]

    /// Tells the threads to end; once more does nothing.
    func stop()

    /// Returns when the threads have ended.
    func close() async
}

extension RedisRoute {
    /// The error with the name of what it is about before it.
    func named(_ error: TCError) -> TCError {
        TCError(error.kind, "\(name): \(error.message)", hint: error.hint)
    }
}
