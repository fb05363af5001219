/// The two forms of an ECDSA signature over P-256: r‖s, 32 bytes each, as JSON Web Tokens have it (RFC
/// 7518, section 3.4), and the DER that OpenSSL takes, a sequence of two integers.
enum ECDSASignature {
    /// Bytes of r and of s.
    static let numberBytes = 32
    /// The longest DER: each number may need a zero before it, so as not to be negative.
    static let mostBytes = 2 + 2 * (2 + 1 + numberBytes)

    /// Writes r‖s as DER; returns its length.
    ///
    /// - Parameters:
    ///   - raw: 64 bytes.
    ///   - der: has room for `mostBytes`.
    static func encode(
        _ raw: UnsafeBufferPointer<UInt8>, into der: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var next = 2
        for start in [0, numberBytes] {
            var first = start
            let last = start + numberBytes - 1
            while first < last, raw[first] == 0 { first += 1 }
            let isHigh = raw[first] >= 0x80
            let count = last - first + 1
            der[next] = 2
            der[next + 1] = UInt8(count + (isHigh ? 1 : 0))
            next += 2
            if isHigh {
                der[next] = 0
                next += 1
            }
            for place in first...last {
                der[next] = raw[place]
                next += 1
            }
        }
        der[0] = 0x30
        der[1] = UInt8(next - 2)
        return next
    }

    /// Reads what OpenSSL wrote into r‖s; false where it is no such DER.
    ///
    /// - Parameter raw: has room for 64 bytes.
    static func decode(
        _ der: UnsafeBufferPointer<UInt8>, into raw: UnsafeMutableBufferPointer<UInt8>
    ) -> Bool {
        guard der.count >= 2, der[0] == 0x30, Int(der[1]) == der.count - 2 else { return false }
        var next = 2
        for start in [0, numberBytes] {
            guard next + 2 <= der.count, der[next] == 2 else { return false }
            var count = Int(der[next + 1])
            next += 2
            guard count > 0, next + count <= der.count else { return false }
            while count > numberBytes, der[next] == 0 {
                next += 1
                count -= 1
            }
            guard count <= numberBytes else { return false }
            let zeros = numberBytes - count
            for place in 0..<numberBytes {
                raw[start + place] = place < zeros ? 0 : der[next + place - zeros]
            }
            next += count
        }
        return next == der.count
    }
}
