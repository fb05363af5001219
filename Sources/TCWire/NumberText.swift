/// Decimal text of numbers, written through a pointer.
enum NumberText {
    /// Bytes of room that `write` needs, more than the text ever has: it works in two steps.
    static let longest = 56

    /// `whole`, then a point and the billionths without their last zeros, unless there are none.
    ///
    /// - Parameters:
    ///   - billionths: below 10⁹.
    ///   - next: behind the text afterwards.
    @inline(__always)
    static func write(
        _ whole: UInt64, billionths: UInt32, to next: inout UnsafeMutablePointer<UInt8>
    ) {
        // Digits come out from the last to the first, so they are made further back in the room, at
        // most 30 of them, and then moved to its front word by word. The last word may take along
        // some bytes from behind the text, for which the last eight bytes of the room stand there.
        let end = next + (longest - 8)
        var at = end
        if billionths > 0 { fraction(billionths, before: &at) }
        integer(whole, before: &at)
        let length = end - at
        for offset in stride(from: 0, to: 32, by: 8) where offset < length {
            let word = UnsafeRawPointer(at + offset).loadUnaligned(as: UInt64.self)
            UnsafeMutableRawPointer(next + offset).storeBytes(of: word, as: UInt64.self)
        }
        next += length
    }

    @inline(__always)
    private static func put(_ byte: UInt8, before at: inout UnsafeMutablePointer<UInt8>) {
        at -= 1
        at.pointee = byte
    }

    @inline(__always)
    private static func integer(_ value: UInt64, before at: inout UnsafeMutablePointer<UInt8>) {
        var rest = value
        // Most numbers fit 32 bits, where a division costs less.
        while rest > UInt64(UInt32.max) {
            put(48 + UInt8(truncatingIfNeeded: rest % 10), before: &at)
            rest /= 10
        }
        var small = UInt32(truncatingIfNeeded: rest)
        repeat {
            put(48 + UInt8(truncatingIfNeeded: small % 10), before: &at)
            small /= 10
        } while small > 0
    }

    /// - Parameter billionths: above 0.
    @inline(__always)
    private static func fraction(_ billionths: UInt32, before at: inout UnsafeMutablePointer<UInt8>)
    {
        var rest = billionths
        var digits = 9
        while rest % 1000 == 0 {
            rest /= 1000
            digits -= 3
        }
        while rest % 10 == 0 {
            rest /= 10
            digits -= 1
        }
        for _ in 0..<digits {
            put(48 + UInt8(truncatingIfNeeded: rest % 10), before: &at)
            rest /= 10
        }
        put(UInt8(ascii: "."), before: &at)
    }
}
