import TCCore
import TCCrypto

/// The secret of a second factor as it is kept: sealed, and bound to its user, so that a row cannot be
/// moved to another one.
enum SealedSecret {
    private static func purpose(_ userID: String) -> [UInt8] {
        Array("tc auth totp 1 \(userID)".utf8)
    }

    static func seal(
        _ secret: [UInt8], of userID: String, with key: AEADKey, _ seams: Seams
    ) throws(TCError) -> [UInt8] {
        try key.seal(
            secret, nonce: seams.bytes(AEADKey.nonceByteCount), associatedData: purpose(userID))
    }

    /// - Throws: `configuration` where it was sealed with another key.
    static func open(
        _ sealed: [UInt8], of userID: String, with key: AEADKey
    ) throws(TCError) -> [UInt8] {
        do {
            return try key.open(sealed, associatedData: purpose(userID))
        } catch {
            throw TCError(
                .configuration,
                "the second factor of user '\(userID)' cannot be read: it was sealed with another"
                    + " key file, or changed",
                hint: "use the key file that it was made with, or disable the second factor")
        }
    }
}
