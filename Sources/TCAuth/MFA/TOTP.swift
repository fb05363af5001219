import TCCore
import TCCrypto
import TCWire

/// Time-based one-time codes (RFC 6238) over HOTP (RFC 4226).
public struct TOTP: Sendable, Redacted {
    /// What apps take when they are told nothing else: six digits each half a minute.
    public static let usualDigits = 6
    public static let usualPeriod = Duration.seconds(30)
    /// The length of a new secret: that of the hash, as RFC 4226, section 4 recommends.
    public static let secretByteCount = 20

    private let secret: [UInt8]
    private let key: HMACKey
    private let digits: Int
    private let period: Duration

    /// - Parameters:
    ///   - secret: 16 to 128 bytes (RFC 4226 wants 128 bits at least); a new one is
    ///     `seams.bytes(TOTP.secretByteCount)`.
    ///   - digest: SHA-1 unless the app is known to heed what the URI says: many do not.
    ///   - digits: 6 to 8.
    ///   - period: how long a code is shown, whole seconds, 1 s to an hour.
    ///
    /// Throws `.badInput` for anything else; the secret is in no message.
    public init(
        secret: [UInt8], digest: Digest = .sha1, digits: Int = TOTP.usualDigits,
        period: Duration = TOTP.usualPeriod
    ) throws(TCError) {
        guard (16...128).contains(secret.count) else {
            throw TCError(
                .badInput, "a TOTP secret must have 16 to 128 bytes, got \(secret.count)")
        }
        guard (6...8).contains(digits) else {
            throw TCError(.badInput, "a one-time code must have 6 to 8 digits, got \(digits)")
        }
        guard period >= .seconds(1), period <= .seconds(3600), period.milliseconds % 1000 == 0
        else {
            throw TCError(
                .badInput,
                "the period of one-time codes must be 1s to 1h in whole seconds,"
                    + " got \(period.text)")
        }
        self.secret = secret
        key = HMACKey(secret, digest: digest)
        self.digits = digits
        self.period = period
    }

    /// The number of the period that a moment lies in, counted from 1970.
    public func step(at moment: Instant) -> Int64 {
        // Floored, not truncated, so that the steps before 1970 are as long as the others.
        let length = period.milliseconds
        let quotient = moment.milliseconds / length
        return moment.milliseconds % length < 0 ? quotient - 1 : quotient
    }

    /// The code of a step: `digits` decimal digits, zeros in front.
    public func code(step: Int64) -> String {
        let counter = UInt64(bitPattern: step)
        let message = (0..<8).map { UInt8(truncatingIfNeeded: counter >> (56 - 8 * $0)) }
        let tag = key.authenticate(message)
        // Dynamic truncation (RFC 4226, section 5.3).
        let offset = Int(tag[tag.count - 1] & 15)
        let number = tag[offset..<offset + 4].reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
        let modulus: UInt32 = digits == 6 ? 1_000_000 : digits == 7 ? 10_000_000 : 100_000_000
        let text = String((number & 0x7FFF_FFFF) % modulus)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// The step whose code this is, among the one at `now` and its two neighbours, since clocks differ;
    /// nil where it is none of them, or a step that is not after `last`.
    ///
    /// A code works once if the caller keeps the step, in the transaction that lets the user in, and
    /// passes it as `last` next time (RFC 6238, section 5.2).
    ///
    /// - Parameters:
    ///   - typed: what the user typed; blanks are no matter.
    ///   - last: the step accepted last; nil before the first.
    ///
    /// It always takes three codes' time, whichever matches.
    public func matchingStep(_ typed: String, at now: Instant, after last: Int64?) -> Int64? {
        let code = typed.utf8.filter { $0 != UInt8(ascii: " ") }
        let current = step(at: now)
        var match: Int64?
        for step in current - 1...current + 1 {
            let isEqual = constantTimeEquals(code, Array(self.code(step: step).utf8))
            if isEqual, last.map({ step > $0 }) ?? true { match = step }
        }
        return match
    }

    /// The `otpauth` URI that authenticator apps read from a QR code: the secret in the clear.
    ///
    /// What is usual is left out, since it makes the QR code smaller and apps disagree about it.
    ///
    /// - Parameters:
    ///   - issuer: whose account it is, for instance the company; not empty.
    ///   - account: the user's name there, for instance an e-mail address; not empty.
    ///
    /// Throws `.badInput` where one is empty, or the issuer has a colon, which would end it.
    public func uri(issuer: String, account: String) throws(TCError) -> String {
        guard !issuer.isEmpty, !issuer.utf8.contains(UInt8(ascii: ":")) else {
            throw TCError(
                .badInput,
                "the issuer of one-time codes must be a name without ':', got '\(issuer)'")
        }
        guard !account.isEmpty else {
            throw TCError(.badInput, "the account of one-time codes must not be empty")
        }
        var fields = [(name: "secret", value: Base32.encode(secret)), ("issuer", issuer)]
        switch key.digest {
        case .sha1: break
        case .sha256: fields.append(("algorithm", "SHA256"))
        case .sha384: fields.append(("algorithm", "SHA384"))
        case .sha512: fields.append(("algorithm", "SHA512"))
        }
        if digits != TOTP.usualDigits { fields.append(("digits", "\(digits)")) }
        if period != TOTP.usualPeriod { fields.append(("period", "\(period.components.seconds)")) }
        return "otpauth://totp/\(percentEncoded(issuer)):\(percentEncoded(account))"
            + "?\(queryEncoded(fields))"
    }
}
