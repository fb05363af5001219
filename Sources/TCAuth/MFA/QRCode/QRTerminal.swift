/// Draws a QR code with characters, two modules above one another in each, so that they come out about
/// square.
public struct QRTerminal {
    /// How light and dark are made.
    public enum Style: Sendable {
        /// Black on white by colours that no theme changes: reads the same on every terminal.
        case coloured
        /// Without colours, for a terminal that writes light on dark.
        case lightOnDark
        /// Without colours, for one that writes dark on light, and for files that are printed.
        case darkOnLight
    }

    private let code: QRCode
    private let style: Style

    public init(_ code: QRCode, style: Style) {
        self.code = code
        self.style = style
    }

    /// Characters in a line, the margin included: what the terminal must be wide.
    public var width: Int { code.size + 2 * QRCode.margin }

    /// The picture with its margin, lines ended by LF.
    public var text: String {
        let margin = QRCode.margin
        var text = ""
        for row in stride(from: -margin, to: code.size + margin, by: 2) {
            // Black and white of the 256 colours: the first sixteen are the theme's.
            if style == .coloured { text += "\u{1B}[38;5;16;48;5;231m" }
            for column in -margin..<code.size + margin {
                text.append(
                    character(
                        code.isDark(column: column, row: row),
                        code.isDark(column: column, row: row + 1)))
            }
            if style == .coloured { text += "\u{1B}[0m" }
            text += "\n"
        }
        return text
    }

    private func character(_ upper: Bool, _ lower: Bool) -> Character {
        // The terminal's ink is light here, so what it must draw is the light modules.
        let (upper, lower) = style == .lightOnDark ? (!upper, !lower) : (upper, lower)
        return switch (upper, lower) {
        case (true, true): "█"
        case (true, false): "▀"
        case (false, true): "▄"
        case (false, false): " "
        }
    }
}
