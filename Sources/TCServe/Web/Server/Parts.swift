import ServiceLifecycle
import TCCore

/// Background work as a part of the server: cancelled when its turn to stop has come.
struct Working: Service {
    let work: BackgroundWork

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await work.run() }
        } catch is CancellationError {
            return
        }
    }
}

/// What a service puts away when everything that used it has stopped.
struct Closing: Service {
    let close: @Sendable () async -> Void

    func run() async {
        // Cancelled: another part has failed. The engines are put away all the same.
        try? await gracefulShutdown()
        await close()
    }
}
