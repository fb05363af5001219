import Glibc
import Synchronization
import TCCore

/// `--errors FILE`: one JSON object for each rejected line, which can be mended and piped again.
final class ErrorRecordFile: Sendable {
    let path: String
    private let secrets: Set<String>
    private let writer: Mutex<OutputFile>

    init(path: String, secrets: Set<String>) throws {
        self.path = path
        self.secrets = secrets
        writer = Mutex(try OutputFile(path: path, appearsWhenWhole: false))
    }

    /// `{"line":42,"error":{"code":…,"message":…,"hint":…,"retryable":false},"input":…}`, with
    /// `"file"` first where there were several inputs.
    func write(_ rejection: Rejection, source: InputSource?) throws {
    }

    func flush() throws { try writer.withLock { try $0.flush() } }

    func finish() throws {
        try writer.withLock { try $0.finish() }
    }
}
