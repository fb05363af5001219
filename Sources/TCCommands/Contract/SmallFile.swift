import Glibc
import TCCore

/// A file that is read whole.
enum SmallFile {
    /// Its bytes.
    ///
    /// - Throws: `io` where it cannot be read or has more than `limit` bytes.
    static func read(_ path: String, atMost limit: Int) throws(TCError) -> [UInt8] {
        let descriptor = try InputSource(path: path).open()
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR, !Interruption.wasRequested { continue }
            guard count >= 0 else { throw .system(errno, "cannot read '\(path)'") }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= limit else {
                throw TCError(.io, "'\(path)' has more than \(limit) bytes")
            }
        }
    }
}
