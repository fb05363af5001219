/// Reed-Solomon code over GF(256) as QR codes use it: the field modulo x⁸ + x⁴ + x³ + x² + 1 with the
/// generator 2, and the code's first root at 2⁰ (ISO/IEC 18004, annex A).
struct ReedSolomon {
    /// The product of (x − 2ⁱ) for i below the degree, highest power first, without the leading 1.
    private let divisor: [UInt8]

    /// - Parameter degree: how many codewords of correction are made, 1 to 254.
    init(degree: Int) {
        precondition((1...254).contains(degree))
        var product = [UInt8](repeating: 0, count: degree)
        product[degree - 1] = 1
        var root: UInt8 = 1
        for _ in 0..<degree {
            for at in 0..<degree {
                let carried = at + 1 < degree ? product[at + 1] : 0
                product[at] = ReedSolomon.multiply(product[at], root) ^ carried
            }
            root = ReedSolomon.multiply(root, 2)
        }
        divisor = product
    }

    /// The codewords of correction for `data`: what is left of data · xᵈᵉᵍʳᵉᵉ divided by the code's
    /// polynomial.
    func remainder(_ data: ArraySlice<UInt8>) -> [UInt8] {
        var rest = [UInt8](repeating: 0, count: divisor.count)
        for byte in data {
            let factor = byte ^ rest[0]
            for at in rest.indices {
                let carried = at + 1 < rest.count ? rest[at + 1] : 0
                rest[at] = carried ^ ReedSolomon.multiply(divisor[at], factor)
            }
        }
        return rest
    }

    /// The product of two elements of the field.
    static func multiply(_ a: UInt8, _ b: UInt8) -> UInt8 {
        var product: UInt8 = 0
        for bit in (0..<8).reversed() {
            let overflow = product & 0x80 != 0
            product = product << 1 ^ (overflow ? 0x1D : 0)
            if b >> bit & 1 != 0 { product ^= a }
        }
        return product
    }
}
