import Testing

@testable import TCAuth

/// A reader of others, zxing-cpp, reads what we draw.
@Suite(.enabled(if: Peer.isThere, Peer.absent))
struct QRReadingTests {
    /// Prints the correction level and the text of each picture, or a dash.
    private let reader = """
        import sys, zxingcpp
        from PIL import Image
        for path in sys.argv[1:]:
            # Unless told, it also finds one-dimensional codes in the noise of large pictures.
            found = zxingcpp.read_barcodes(
                Image.open(path).convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
            print(*[code.ec_level + code.text for code in found] or "-")
        """
    private let letters = [QRCode.Correction: String](
        uniqueKeysWithValues: zip(QRCode.Correction.allCases, ["L", "M", "Q", "H"]))

    @Test func `every version is read at every level of correction`() throws {
        var drawings: [(code: QRCode, expected: String)] = []
        for correction in QRCode.Correction.allCases {
            for version in 1...40 {
                let layout = QRLayout(version: version, correction: correction)
                // Three bytes for a header of each run; texts that differ in every character.
                let text = String(sample(seed: version).prefix(layout.dataCodewordCount - 3))
                let code = try QRCode(text, correction: correction)
                #expect(code.version <= version)
                drawings.append((code, letters[correction]! + text))
            }
        }
        #expect(Set(drawings.map(\.code.version)).count >= 38)
        #expect(Set(drawings.map(\.code.mask)) == Set(0..<8))
        try check(drawings)
    }

    @Test func `every length up to three hundred is read`() throws {
        try check(
            (1...300).map { length in
                let correction = QRCode.Correction.allCases[length % 4]
                let text = String(sample(seed: length).prefix(length))
                return (try QRCode(text, correction: correction), letters[correction]! + text)
            })
    }

    @Test func `modes change within a text, and bytes outside ASCII come through`() throws {
        let texts = [
            "otpauth://totp/Fleet:ada%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Fleet",
            "A1B2C3", "aAAAAAAAAAAAAAAAAAAAAAb", "AAAAAAAAAAAAAAAAAAAAAAAAAb", "0", "7-11 / $%*+.:",
            "Zürich – 日本語 ☕", "z" + String(repeating: "Q9", count: 200) + "z",
        ]
        try check(texts.map { (try QRCode($0), "M" + $0) })
    }

    private func check(_ drawings: [(code: QRCode, expected: String)]) throws {
        let scratch = Scratch()
        let paths = try drawings.enumerated().map {
            try scratch.file("\($0.offset).pbm", bitmap($0.element.code))
        }
        let read = try Peer.python(reader, paths)
        #expect(read.count == drawings.count)
        for (line, drawing) in zip(read, drawings) {
            #expect(line == drawing.expected, "version \(drawing.code.version)")
        }
    }

    /// A portable bitmap, three dots a module.
    private func bitmap(_ code: QRCode) -> [UInt8] {
        let side = 3 * (code.size + 2 * QRCode.margin)
        var text = "P1\n\(side) \(side)\n"
        for y in 0..<side {
            for x in 0..<side {
                let (column, row) = (x / 3 - QRCode.margin, y / 3 - QRCode.margin)
                text += code.isDark(column: column, row: row) ? "1" : "0"
            }
            text += "\n"
        }
        return Array(text.utf8)
    }

    /// 3,000 characters in which small letters, capitals and digits stand in runs.
    private func sample(seed: Int) -> String {
        let small = Array("abcdefghijklmnopqrstuvwxyz-_=?&")
        let dense = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$%*+-./:")
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        return String(
            (0..<3_000).map { index in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let letters = index / 40 % 3 == 2 ? dense : small
                return letters[Int(state >> 33) % letters.count]
            })
    }
}
