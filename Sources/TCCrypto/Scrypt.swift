import COpenSSL
import TCCore

/// A password's scrypt hash (RFC 7914) with all that is needed to check a password against it, as text
/// in the PHC form: `$scrypt$ln=17,r=8,p=1$SALT$HASH`, the last two in base64 without padding.
///
/// Hashing takes the time and the memory that make guessing dear: a third of a second and 128 MiB with
/// the recommended parameters. It holds a thread, so it belongs on one of its own, and the caller bounds
/// how many run at once.
public struct Scrypt: Sendable {
    /// The length of a salt to make: `seams.bytes(Scrypt.saltByteCount)`.
    public static let saltByteCount = 16

    public let parameters: ScryptParameters
    private let salt: [UInt8]
    private let key: [UInt8]

    /// Hashes a password.
    ///
    /// - Parameters:
    ///   - password: any bytes; a text as UTF-8.
    ///   - salt: random, 8 to 64 bytes.
    ///
    /// Throws `.tryAgain` where there is not the memory.
    public init(
        hashing password: [UInt8], salt: [UInt8], parameters: ScryptParameters = .recommended
    ) throws(TCError) {
        try Scrypt.check(salt)
        self.parameters = parameters
        self.salt = salt
        key = try Scrypt.derive(password, salt, parameters, byteCount: 32)
    }

    /// Reads the PHC form. It may be hostile, as in an import: parameters that would take too much time
    /// or memory are refused, and so is any other spelling of the same hash.
    ///
    /// Throws `.badInput`; the message never repeats the text.
    public init(phc text: String) throws(TCError) {
        let fields = text.split(separator: "$", omittingEmptySubsequences: false)
        guard fields.count == 5, fields[0].isEmpty, fields[1] == "scrypt" else {
            throw TCError(
                .badInput, "a password hash must look like $scrypt$ln=17,r=8,p=1$SALT$HASH")
        }
        parameters = try ScryptParameters(phc: fields[2])
        guard let salt = Base64.decode(fields[3]), (8...64).contains(salt.count) else {
            throw TCError(.badInput, "the salt of a password hash must be 8 to 64 bytes in base64")
        }
        guard let key = Base64.decode(fields[4]), (16...64).contains(key.count) else {
            throw TCError(.badInput, "the hash of a password must be 16 to 64 bytes in base64")
        }
        self.salt = salt
        self.key = key
    }

    /// The PHC form.
    public var phc: String {
        "$scrypt$\(parameters.phc)$\(Base64.encode(salt))$\(Base64.encode(key))"
    }

    /// Whether this is the hash of `password`. Takes as long either way.
    ///
    /// Throws `.tryAgain` where there is not the memory.
    public func matches(_ password: [UInt8]) throws(TCError) -> Bool {
        constantTimeEquals(
            try Scrypt.derive(password, salt, parameters, byteCount: key.count), key)
    }

    /// Whether the password should be hashed anew, the next time that it is at hand, because this hash
    /// is easier to guess from than one with `parameters`.
    public func needsUpgrade(to parameters: ScryptParameters = .recommended) -> Bool {
        self.parameters.memoryBytes < parameters.memoryBytes
            || self.parameters.work < parameters.work || key.count < 32
            || salt.count < Scrypt.saltByteCount
    }

    /// A key made from a passphrase; as dear as hashing it.
    ///
    /// - Parameters:
    ///   - passphrase: any bytes; a text as UTF-8.
    ///   - salt: random, 8 to 64 bytes.
    ///   - byteCount: 1 or more.
    ///
    /// Throws `.badInput` for another salt, `.tryAgain` where there is not the memory.
    public static func key(
        from passphrase: [UInt8], salt: [UInt8], parameters: ScryptParameters, byteCount: Int
    ) throws(TCError) -> [UInt8] {
        precondition(byteCount >= 1)
        try check(salt)
        return try derive(passphrase, salt, parameters, byteCount: byteCount)
    }

    private static func check(_ salt: [UInt8]) throws(TCError) {
        guard (8...64).contains(salt.count) else {
            throw TCError(.badInput, "a salt must have 8 to 64 bytes, got \(salt.count)")
        }
    }

    private static func derive(
        _ password: [UInt8], _ salt: [UInt8], _ parameters: ScryptParameters, byteCount: Int
    ) throws(TCError) -> [UInt8] {
        _ = OpenSSL.shared
        var succeeded = false
        let key = [UInt8](unsafeUninitializedCapacity: byteCount) { out, count in
            succeeded = password.withUnsafeBytes { password in
                // An empty array may have no address, which OpenSSL takes for a missing password.
                let bytes = password.assumingMemoryBound(to: CChar.self).baseAddress
                return withUnsafePointer(to: 0 as CChar) { none in
                    EVP_PBE_scrypt(
                        bytes ?? none, password.count, salt, salt.count,
                        1 << UInt64(parameters.logarithmOfN), UInt64(parameters.r),
                        UInt64(parameters.p), UInt64(parameters.memoryBytes), out.baseAddress,
                        byteCount) == 1
                }
            }
            count = byteCount
        }
        guard succeeded else {
            throw TCError(
                .tryAgain,
                "cannot hash a password in \(parameters.memoryBytes >> 20) MiB:"
                    + " \(OpenSSL.reason())")
        }
        return key
    }
}
