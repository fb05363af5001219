import TCWire

/// Draws a QR code as one self-contained SVG document, eight pixels a module; it may be scaled.
public struct QRSVG {
    private let code: QRCode
    private let title: String

    /// - Parameter title: what the code is of, for whoever cannot see it: any text, but no secret.
    public init(_ code: QRCode, title: String) {
        self.code = code
        self.title = title
    }

    /// The document with the code's margin, UTF-8 text ended by LF.
    public var text: String {
        let side = code.size + 2 * QRCode.margin
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(8 * side)" height="\(8 * side)" \
            viewBox="0 0 \(side) \(side)" role="img" shape-rendering="crispEdges">
            <title>\(xmlEscaped(title))</title>
            <rect width="\(side)" height="\(side)" fill="#ffffff"/>
            <path d="\(path)" fill="#000000"/>
            </svg>

            """
    }

    /// One rectangle for each run of dark modules in a row.
    private var path: String {
        var path = ""
        for row in 0..<code.size {
            var column = 0
            while column < code.size {
                let start = column
                while code.isDark(column: column, row: row) { column += 1 }
                let length = column - start
                if length > 0 {
                    path += "M\(start + QRCode.margin) \(row + QRCode.margin)"
                    path += "h\(length)v1h-\(length)z"
                }
                column += 1
            }
        }
        return path
    }
}
