import Glibc
import TCCore

extension CommandContext {
    /// How soon a signal and a reader that goes away are noticed.
    private static let patience = Duration.milliseconds(100)

    /// What `body` gives. For a command that `stopsSafely` and waits for what comes from outside: when
    /// SIGINT or SIGTERM asks it to end, or the reader of its output goes away, `body` is cancelled.
    ///
    /// - Throws: what `body` throws; `interrupted` after a signal; `ClosedPipe` when the reader is gone.
    nonisolated(nonsending) func untilInterrupted<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let reader = output.reader
        return try await withThrowingTaskGroup(of: Result.self) { group in
            group.addTask { try await body() }
            group.addTask {
                while true {
                    if Interruption.wasRequested { throw ErrorText.interrupted }
                    if reader.isGone { throw ClosedPipe() }
                    try await Task.sleep(for: CommandContext.patience)
                }
            }
            defer { group.cancelAll() }
            // There are two, so there is a first.
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }
}

/// Whoever reads what a command prints.
struct OutputReader: Sendable {
    fileprivate let descriptor: Int32

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// Whether the other end of a pipe or a socket was closed, so that nothing written would be read.
    var isGone: Bool {
        // Errors and hang-ups are told without being asked for.
        var state = pollfd(fd: descriptor, events: 0, revents: 0)
        return poll(&state, 1, 0) > 0 && state.revents & Int16(POLLERR | POLLHUP) != 0
    }
}
