import NIOCore
import NIOPosix
import ServiceLifecycle
import TCCore

/// The part of a server that listens and answers, from the first bind to the last answer.
struct Listening: Service {
    let settings: WebServerSettings
    let systemd: Systemd
    let pipeline: RequestPipeline
    let readiness: Readiness
    let connections: Gauge
    let tls: CurrentCertificate?
    let log: ServerLog
    let onListening: @Sendable ([String]) -> Void

    private enum Ended {
        case listener
        case drainTime
    }

    func run() async throws {
        let threads = MultiThreadedEventLoopGroup(numberOfThreads: Workers.processorCount)
        do {
            try await run(on: threads)
        } catch {
            // What went wrong before says more than what may go wrong with ending threads.
            try? await threads.shutdownGracefully()
            throw error
        }
        try await threads.shutdownGracefully()
    }

    private func run(on threads: any EventLoopGroup) async throws {
        let shared = WebListener.Shared(
            group: threads, executors: EventLoopExecutors(threads), limits: settings.limits,
            pipeline: pipeline, connections: connections, tls: { [tls] in tls?.context },
            logger: LibraryLog.logger("http", to: log))
        var listeners: [WebListener] = []
        let sources =
            settings.listen.map { WebListener.Source.address($0) }
            + systemd.sockets.map { .socket($0) }
        for source in sources { listeners.append(try await WebListener(source, shared)) }
        let addresses = listeners.map(\.address)
        log.write(.info, "listening") { json in
            json.key("addresses")
            json.beginArray()
            for address in addresses { json.string(address) }
            json.endArray()
        }
        tell("READY=1")
        onListening(addresses)
        await serve(listeners)
        log.write(.info, "stopped")
    }

    /// Serves until every listener has ended, or the time to drain is up after a shutdown was asked for.
    private func serve(_ listeners: [WebListener]) async {
        await withTaskGroup(of: Ended.self) { group in
            for listener in listeners {
                group.addTask {
                    // A listener that fails ends, as one that is stopped does; the rest goes on.
                    try? await listener.run()
                    return .listener
                }
            }
            group.addTask {
                await drain(listeners)
                return .drainTime
            }
            var running = listeners.count
            for await ended in group {
                if ended == .listener { running -= 1 }
                if running == 0 || ended == .drainTime { group.cancelAll() }
            }
        }
    }

    /// Waits for a shutdown, stops listening, and returns when the time for it is up.
    private func drain(_ listeners: [WebListener]) async {
        // Cancelled: all listeners have ended by themselves.
        guard (try? await gracefulShutdown()) != nil else { return }
        readiness.startDraining()
        tell("STOPPING=1")
        log.write(.info, "draining") { json in
            json.key("requests")
            json.int(pipeline.requestsInFlight)
        }
        for listener in listeners { listener.stop() }
        // Cancelled: everything was finished in time.
        guard (try? await Task.sleep(for: settings.drain)) != nil else { return }
        log.write(.warning, "cut what was still in flight") { json in
            json.key("requests")
            json.int(pipeline.requestsInFlight)
        }
    }

    /// A service manager that cannot be told is no reason to stop serving.
    private func tell(_ state: String) {
        do {
            try systemd.notify(state)
        } catch {
            log.write(.warning, "\(error)")
        }
    }
}
