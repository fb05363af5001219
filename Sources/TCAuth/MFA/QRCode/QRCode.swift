import TCCore

/// A QR code (ISO/IEC 18004, model 2) of a text: a square of dark and light modules.
///
/// It takes the smallest of the 40 versions that holds the text, writes runs of capitals and digits in
/// the denser alphanumeric mode where that pays, and picks the mask with the least penalty. That of an
/// `otpauth` URI takes half a millisecond, one of version 40 twelve.
public struct QRCode: Sendable {
    /// How much of the picture may be damaged and still be read: about 7, 15, 25 or 30 %.
    public enum Correction: Int, Sendable, CaseIterable {
        case low
        case medium
        case quartile
        case high
    }

    /// 1 to 40.
    public let version: Int
    /// Modules along a side, 21 to 177, without the light margin that a picture must have around it.
    public let size: Int
    /// 0 to 7.
    let mask: Int
    private let modules: QRGrid

    /// The light modules that readers need on each side of the code.
    public static let margin = 4

    /// - Parameters:
    ///   - text: at most 2,953 bytes of UTF-8 at `.low`, 1,273 at `.high`. Bytes outside ASCII are
    ///     written as they are, which today's readers take for UTF-8. May be empty.
    ///   - correction: `.medium` is right for a screen, `.high` for print that wears.
    ///
    /// Throws `.badInput` where the text does not fit into version 40; the message does not hold it,
    /// since what a code carries is often a secret.
    public init(_ text: String, correction: Correction = .medium) throws(TCError) {
        let bytes = Array(text.utf8)
        guard let plan = QRPlan(bytes, correction) else {
            throw TCError(
                .badInput,
                "a QR code at correction '\(correction)' cannot hold a text of \(bytes.count) bytes",
                hint: "shorten it, or lower the correction")
        }
        version = plan.layout.version
        size = plan.layout.size
        let codewords = plan.layout.interleaved(plan.dataCodewords(bytes))
        var drawing = QRDrawing(plan.layout)
        drawing.place(codewords)
        (modules, mask) = drawing.masked(correction)
    }

    /// Whether a module is dark; column and row count from the top left, and all outside is light.
    public func isDark(column: Int, row: Int) -> Bool {
        guard (0..<size).contains(column), (0..<size).contains(row) else { return false }
        return modules[column, row]
    }
}

/// A square of booleans.
struct QRGrid: Equatable {
    let size: Int
    private var cells: [Bool]

    init(size: Int) {
        self.size = size
        cells = Array(repeating: false, count: size * size)
    }

    subscript(column: Int, row: Int) -> Bool {
        get { cells[row * size + column] }
        set { cells[row * size + column] = newValue }
    }
}
