import NIOSSL
import ServiceLifecycle
import Synchronization
import UnixSignals

/// The certificate that new connections are shown; those that are open keep theirs.
final class CurrentCertificate: Sendable {
    private let files: TLSFiles
    private let current: Mutex<NIOSSLContext>

    /// - Throws: `configuration` where a file cannot be used.
    init(_ files: TLSFiles) throws {
        self.files = files
        current = Mutex(try files.context())
    }

    var context: NIOSSLContext { current.withLock { $0 } }

    /// Reads the files again; where one cannot be used, everything stays as it was.
    func reload() throws {
        let context = try files.context()
        current.withLock { $0 = context }
    }
}

/// Reads the certificate again at each SIGHUP, so that renewing it interrupts nobody.
struct Reloading: Service {
    let tls: CurrentCertificate
    let log: ServerLog

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        for await _ in signals.cancelOnGracefulShutdown() {
            do {
                try tls.reload()
                log.write(.info, "the certificate was read again")
            } catch {
                log.write(.error, "the certificate stays as it was") { json in
                    json.key("cause")
                    json.string("\(error)")
                }
            }
        }
    }
}
