import TCCore
import TCStore
import TCWire

/// The key that signs cursors, in a file, so that a cursor survives a restart.
public enum CursorKey {
    static let byteCount = 32

    /// Reads the file, and makes it where there is none; other nodes need a copy.
    ///
    /// - Parameter path: of a file that only its owner may read, with 32 bytes in base64url on one
    ///   line.
    /// - Throws: `configuration` where it may be read by others or is malformed.
    public static func open(_ path: String, _ seams: Seams) throws -> [UInt8] {
        let file = SecretFile(path)
        if try file.read() == nil {
            let line = Base64URL.encode(seams.bytes(byteCount)) + "\n"
            try file.createIfAbsent(Array(line.utf8), seams)
        }
        let text = String(decoding: try file.read() ?? [], as: UTF8.self)
        guard text.hasSuffix("\n"), let key = Base64URL.decode(String(text.dropLast())),
            key.count == byteCount
        else {
            throw TCError(
                .configuration,
                "the key file '\(path)' must hold \(byteCount) bytes in base64url on one line")
        }
        return key
    }
}
