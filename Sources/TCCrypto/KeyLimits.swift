import TCCore

/// What a key must be before OpenSSL is asked about it: keys from outside may be hostile or weak.
enum KeyLimits {
    /// Bits of an RSA modulus: RFC 7518, section 3.3 asks for 2048; above 8192 one verification would
    /// take milliseconds, which is a way to exhaust whoever verifies.
    static let rsaBits = 2048...8192
    /// Bytes of a public exponent, for the same reason.
    static let mostExponentBytes = 8

    /// Throws `.badInput` with what is wrong.
    ///
    /// - Parameter algorithm: one that fits the parts.
    static func check(_ parts: KeyParts, for algorithm: SignatureAlgorithm) throws(TCError) {
        switch parts {
        case .p256(let x, let y, let d):
            for (name, number) in [("x", x), ("y", y), ("d", d ?? x)] where number.count != 32 {
                throw TCError(
                    .badInput, "'\(name)' of a P-256 key must have 32 bytes, got \(number.count)")
            }
        case .ed25519(let x, let d):
            for (name, number) in [("x", x), ("d", d ?? x)] where number.count != 32 {
                throw TCError(
                    .badInput, "'\(name)' of an Ed25519 key must have 32 bytes, got \(number.count)"
                )
            }
        case .rsa(let n, let e, let secret): try checkRSA(n, e, secret)
        case .symmetric(let k):
            // RFC 7518, section 3.2: as long as the hash at least.
            let least = algorithm.hmacDigest?.byteCount ?? 0
            guard (least...1024).contains(k.count) else {
                throw TCError(
                    .badInput,
                    "a key for \(algorithm.rawValue) must have \(least) to 1024 bytes, got \(k.count)"
                )
            }
        }
    }

    private static func checkRSA(
        _ n: [UInt8], _ e: [UInt8], _ secret: KeyParts.RSASecret?
    ) throws(TCError) {
        let bits = n.count * 8 - (n.first?.leadingZeroBitCount ?? 0)
        guard rsaBits.contains(bits), n[0] != 0, n[n.count - 1] & 1 == 1 else {
            throw TCError(
                .badInput,
                "the modulus of an RSA key must be odd and have \(rsaBits.lowerBound) to"
                    + " \(rsaBits.upperBound) bits, got \(bits)")
        }
        guard (1...mostExponentBytes).contains(e.count), e[0] != 0, e[e.count - 1] & 1 == 1,
            e != [1]
        else {
            throw TCError(
                .badInput,
                "the public exponent of an RSA key must be odd, above 1 and below 2⁶⁴")
        }
        if let secret {
            let numbers = [secret.d, secret.p, secret.q, secret.dp, secret.dq, secret.qi]
            guard numbers.allSatisfy({ (1...n.count).contains($0.count) }) else {
                throw TCError(
                    .badInput, "a private number of an RSA key is empty or longer than the modulus")
            }
        }
        guard !hasROCAFingerprint(n) else {
            throw TCError(
                .badInput, "the RSA key is of the kind that can be factored (CVE-2017-15361)",
                hint: "make a new key")
        }
    }

    /// Whether the modulus was made by the flawed generator of CVE-2017-15361: its primes are
    /// k·M + (65537^a mod M) with M a product of small primes, so that the modulus is a power of 65537
    /// modulo each of these. Any other modulus is that with a chance of 2⁻¹⁵⁴ only, as M. Nemec et al.
    /// show in "The Return of Coppersmith's Attack" (2017), section 3.
    static func hasROCAFingerprint(_ modulus: [UInt8]) -> Bool {
        let primes = [
            3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89,
            97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
        ]
        return primes.allSatisfy { prime in
            let rest = modulus.reduce(0) { ($0 << 8 | Int($1)) % prime }
            var power = 1
            repeat {
                if power == rest { return true }
                power = power * 65_537 % prime
            } while power != 1
            return false
        }
    }
}
