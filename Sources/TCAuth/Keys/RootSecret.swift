import TCCore
import TCCrypto
import TCStore
import TCWire

/// What everything secret in the database is sealed under, and where it comes from.
///
/// It is 32 random bytes in a file, or it is made from a passphrase by scrypt. Losing it loses the
/// signing keys, the second factors and every session's successor, but no account.
public struct RootSecret: Sendable, Redacted {
    private enum Source {
        case keyFile(SecretFile)
        case passphrase(String)
    }

    private let source: Source

    /// The length of the secret.
    static let byteCount = 32
    /// The least length of a passphrase that a new database takes.
    static let leastPassphraseBytes = 16

    /// A file with 32 bytes in base64url on one line, as `head -c 32 /dev/urandom | basenc --base64url`
    /// with the `=` taken off makes one. Where there is none, the first start on a new database makes
    /// it; other nodes need a copy.
    ///
    /// - Parameter path: of a file that only its owner may read.
    public static func keyFile(_ path: String, files: FileSystem = FileSystem()) -> RootSecret {
        RootSecret(source: .keyFile(SecretFile(path, files)))
    }

    /// A passphrase, to be given at every start; nothing of it is kept.
    ///
    /// - Parameter text: not empty; on a new database, good enough for a password.
    public static func passphrase(_ text: String) -> RootSecret {
        RootSecret(source: .passphrase(text))
    }

    /// What messages call it.
    var name: String {
        switch source {
        case .keyFile(let file): "the key file '\(file.path)'"
        case .passphrase: "the passphrase"
        }
    }

    var isPassphrase: Bool { if case .passphrase = source { true } else { false } }

    /// Makes what a new database needs: the key file, where there is none.
    ///
    /// - Throws: `configuration` for a passphrase that is easy to guess.
    func prepare(_ seams: Seams) throws {
        switch source {
        case .keyFile(let file):
            let line = Base64URL.encode(seams.bytes(RootSecret.byteCount)) + "\n"
            try file.createIfAbsent(Array(line.utf8), seams)
        case .passphrase(let text):
            // Whoever has a copy of the database may guess as long as they like.
            guard text.utf8.count >= RootSecret.leastPassphraseBytes else {
                throw TCError(
                    .configuration,
                    "the passphrase of the keys must have \(RootSecret.leastPassphraseBytes) bytes"
                        + " at least",
                    hint: "take five random words or more")
            }
            do {
                try PasswordPolicy.check(text, personal: [])
            } catch {
                throw TCError(
                    .configuration, "the passphrase of the keys is too weak: \(error.message)")
            }
        }
    }

    /// The 32 bytes. Takes a third of a second and 128 MiB for a passphrase.
    ///
    /// - Throws: `configuration` where the file is missing, may be read by others or is malformed.
    func bytes(salt: [UInt8], _ scrypt: ScryptParameters) throws -> [UInt8] {
        switch source {
        case .passphrase(let text):
            return try Scrypt.key(
                from: Array(text.utf8), salt: salt, parameters: scrypt,
                byteCount: RootSecret.byteCount)
        case .keyFile(let file):
            guard let text = try file.read() else {
                throw TCError(
                    .configuration, "there is no key file '\(file.path)'",
                    hint: "copy it from where the keys of this database were made")
            }
            let line = text.last == UInt8(ascii: "\n") ? text.dropLast() : text[...]
            guard let bytes = Base64URL.decode(String(decoding: line, as: UTF8.self)),
                bytes.count == RootSecret.byteCount
            else {
                throw TCError(
                    .configuration,
                    "the key file '\(file.path)' must hold \(RootSecret.byteCount) bytes in"
                        + " base64url on one line")
            }
            return bytes
        }
    }
}
