/// Draws a code: first what each version has in its places, then the codewords in what is left, and
/// last the mask with the format that names it (ISO/IEC 18004, sections 6.3, 7.7 to 7.10).
struct QRDrawing {
    private let layout: QRLayout
    private var modules: QRGrid
    /// Where no codeword may stand and no mask reaches.
    private var fixed: QRGrid

    init(_ layout: QRLayout) {
        self.layout = layout
        modules = QRGrid(size: layout.size)
        fixed = QRGrid(size: layout.size)
        drawTiming()
        for (column, row) in [(3, 3), (layout.size - 4, 3), (3, layout.size - 4)] {
            drawFinder(column, row)
        }
        drawAlignments()
        // What they say is drawn with the mask; here they take their places.
        drawFormat(0)
        if layout.hasVersionField { drawVersion() }
    }

    /// Fills the free modules: in pairs of columns from the right, up and down in turn.
    mutating func place(_ codewords: [UInt8]) {
        precondition(codewords.count == layout.codewordCount)
        let size = layout.size
        var bit = 0
        var isUpward = true
        // The timing line's column belongs to no pair.
        for right in stride(from: size - 1, through: 1, by: -2).map({ $0 <= 6 ? $0 - 1 : $0 }) {
            for step in 0..<size {
                let row = isUpward ? size - 1 - step : step
                for column in [right, right - 1] where !fixed[column, row] {
                    // Up to seven modules are left over; they stay light.
                    guard bit < 8 * codewords.count else { continue }
                    modules[column, row] = codewords[bit / 8] >> UInt8(7 - bit % 8) & 1 != 0
                    bit += 1
                }
            }
            isUpward.toggle()
        }
    }

    /// The code under the mask whose picture has the least penalty, and that mask.
    func masked(_ correction: QRCode.Correction) -> (modules: QRGrid, mask: Int) {
        let pictures = (0..<8).map { mask in
            var picture = self
            picture.apply(mask)
            picture.drawFormat(QRDrawing.formatBits(correction, mask: mask))
            return (modules: picture.modules, mask: mask)
        }
        let scored = pictures.map { (picture: $0, penalty: qrPenalty($0.modules)) }
        return scored.min { $0.penalty < $1.penalty }!.picture
    }

    /// Inverts the modules of codewords where the mask's rule holds.
    private mutating func apply(_ mask: Int) {
        for row in 0..<layout.size {
            for column in 0..<layout.size where !fixed[column, row] {
                if QRDrawing.mask(mask, inverts: column, row) { modules[column, row].toggle() }
            }
        }
    }

    private static func mask(_ mask: Int, inverts x: Int, _ y: Int) -> Bool {
        switch mask {
        case 0: (x + y) % 2 == 0
        case 1: y % 2 == 0
        case 2: x % 3 == 0
        case 3: (x + y) % 3 == 0
        case 4: (x / 3 + y / 2) % 2 == 0
        case 5: x * y % 2 + x * y % 3 == 0
        case 6: (x * y % 2 + x * y % 3) % 2 == 0
        default: ((x + y) % 2 + x * y % 3) % 2 == 0
        }
    }

    // MARK: Patterns

    private mutating func fix(_ column: Int, _ row: Int, _ isDark: Bool) {
        modules[column, row] = isDark
        fixed[column, row] = true
    }

    private mutating func drawTiming() {
        for at in 0..<layout.size {
            fix(at, 6, at % 2 == 0)
            fix(6, at, at % 2 == 0)
        }
    }

    /// Three nested squares and a light border, as far as it lies in the code.
    private mutating func drawFinder(_ column: Int, _ row: Int) {
        for dy in -4...4 {
            for dx in -4...4 {
                let (x, y) = (column + dx, row + dy)
                guard (0..<layout.size).contains(x), (0..<layout.size).contains(y) else { continue }
                let ring = max(abs(dx), abs(dy))
                fix(x, y, ring != 2 && ring != 4)
            }
        }
    }

    private mutating func drawAlignments() {
        let centres = layout.alignmentCentres
        guard let first = centres.first, let last = centres.last else { return }
        for row in centres {
            for column in centres {
                let isInFinder =
                    (column, row) == (first, first) || (column, row) == (first, last)
                    || (column, row) == (last, first)
                if isInFinder { continue }
                for dy in -2...2 {
                    for dx in -2...2 { fix(column + dx, row + dy, max(abs(dx), abs(dy)) != 1) }
                }
            }
        }
    }

    // MARK: Fields

    /// Two copies of fifteen bits: around the finder at the top left, and beside the other two.
    private mutating func drawFormat(_ bits: Int) {
        let size = layout.size
        for bit in 0..<15 {
            let isDark = bits >> bit & 1 != 0
            switch bit {
            case ...5: fix(8, bit, isDark)
            case 6, 7: fix(8, bit + 1, isDark)
            case 8: fix(7, 8, isDark)
            default: fix(14 - bit, 8, isDark)
            }
            if bit < 8 { fix(size - 1 - bit, 8, isDark) } else { fix(8, size - 15 + bit, isDark) }
        }
        // The one module that is dark in every code.
        fix(8, size - 8, true)
    }

    /// Two copies of eighteen bits, above the lower left finder and left of the upper right one.
    private mutating func drawVersion() {
        let bits = QRDrawing.versionBits(layout.version)
        for bit in 0..<18 {
            let isDark = bits >> bit & 1 != 0
            let (along, across) = (bit / 3, layout.size - 11 + bit % 3)
            fix(along, across, isDark)
            fix(across, along, isDark)
        }
    }

    /// Level and mask with ten bits of a BCH(15, 5) code, under a mask of their own so that no field
    /// is all light (annex C).
    static func formatBits(_ correction: QRCode.Correction, mask: Int) -> Int {
        let level =
            switch correction {
            case .low: 0b01
            case .medium: 0b00
            case .quartile: 0b11
            case .high: 0b10
            }
        let data = level << 3 | mask
        return (data << 10 | remainder(of: data, shifted: 10, by: 0b101_0011_0111))
            ^ 0b101_0100_0001_0010
    }

    /// The version with twelve bits of a BCH(18, 6) code (annex D).
    static func versionBits(_ version: Int) -> Int {
        version << 12 | remainder(of: version, shifted: 12, by: 0b1_1111_0010_0101)
    }

    /// What is left of `value` · x^`shift` divided by `divisor`, whose degree is `shift`, over GF(2).
    private static func remainder(of value: Int, shifted shift: Int, by divisor: Int) -> Int {
        var rest = value << shift
        for bit in (shift..<shift + 6).reversed() where rest >> bit & 1 != 0 {
            rest ^= divisor << (bit - shift)
        }
        return rest
    }
}
