import TCCore
import Testing

@testable import TCAuth

/// What the standard itself gives; `QRReadingTests` has others read the pictures.
struct QRCodeTests {
    @Test func `the example of the standard gets its codewords of correction`() {
        // ISO/IEC 18004, annex I: 01234567 as version 1-M.
        let data: [UInt8] = [
            0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11,
            0xEC, 0x11,
        ]
        let correction: [UInt8] = [0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55]
        #expect(ReedSolomon(degree: 10).remainder(data[...]) == correction)
        #expect(
            QRLayout(version: 1, correction: .medium).interleaved(data) == data + correction)
    }

    @Test func `data with its correction is a multiple of the code's polynomial`() {
        let code = ReedSolomon(degree: 30)
        let data = (0..<117).map { UInt8(truncatingIfNeeded: 31 * $0 + 7) }
        let word = data + code.remainder(data[...])
        var root: UInt8 = 1
        for power in 0..<30 {
            let value = word.reduce(0) { ReedSolomon.multiply($0, root) ^ $1 }
            #expect(value == 0, "at 2 to the \(power)")
            root = ReedSolomon.multiply(root, 2)
        }
    }

    @Test func `format and version are the standard's`() {
        // Annex C.1, and tables C.1 and D.1.
        #expect(QRDrawing.formatBits(.medium, mask: 0b101) == 0b100_0000_1100_1110)
        #expect(QRDrawing.formatBits(.low, mask: 0) == 0x77C4)
        #expect(QRDrawing.formatBits(.medium, mask: 0) == 0x5412)
        #expect(QRDrawing.formatBits(.quartile, mask: 0) == 0x355F)
        #expect(QRDrawing.formatBits(.high, mask: 7) == 0x083B)
        #expect(QRDrawing.versionBits(7) == 0x07C94)
        #expect(QRDrawing.versionBits(21) == 0x15683)
        #expect(QRDrawing.versionBits(40) == 0x28C69)
    }

    @Test func `alignment patterns stand where the standard has them`() {
        let centres = { QRLayout(version: $0, correction: .low).alignmentCentres }
        #expect(centres(1) == [])
        #expect(centres(2) == [6, 18])
        #expect(centres(15) == [6, 26, 48, 70])
        #expect(centres(32) == [6, 34, 60, 86, 112, 138])
        #expect(centres(36) == [6, 24, 50, 76, 102, 128, 154])
        #expect(centres(40) == [6, 30, 58, 86, 114, 142, 170])
    }

    /// Table 7: bytes and alphanumeric characters.
    @Test(arguments: [
        (1, QRCode.Correction.low, 17, 25), (1, .high, 7, 10), (9, .medium, 180, 262),
        (10, .medium, 213, 311), (26, .quartile, 751, 1_094), (27, .quartile, 805, 1_172),
        (40, .low, 2_953, 4_296), (40, .high, 1_273, 1_852),
    ])
    func `a version holds what the standard says and not one more`(
        version: Int, correction: QRCode.Correction, bytes: Int, alphanumerics: Int
    ) throws {
        for (unit, count) in [("a", bytes), ("A", alphanumerics)] {
            let full = String(repeating: unit, count: count)
            #expect(try QRCode(full, correction: correction).version == version)
            if version < 40 {
                #expect(try QRCode(full + unit, correction: correction).version == version + 1)
            } else {
                #expect(throws: TCError.self) { try QRCode(full + unit, correction: correction) }
            }
        }
    }

    @Test func `a text that is too long is refused without being repeated`() {
        let error = #expect(throws: TCError.self) {
            try QRCode(String(repeating: "secret", count: 500), correction: .high)
        }
        #expect(error?.kind == .badInput)
        #expect(error?.message.contains("3000 bytes") == true)
        #expect(error?.message.contains("secret") == false)
    }

    @Test func `capitals among small letters are written densely where that pays`() throws {
        let small = String(repeating: "a", count: 20)
        let capitals = String(repeating: "A", count: 40)
        // 20 bytes and 40 denser characters: 12 + 160 + 13 + 220 bits of the 432 that 3-L has left.
        #expect(try QRCode(small + capitals, correction: .low).version == 3)
        #expect(try QRCode(small + capitals.lowercased(), correction: .low).version == 4)
        // A single digit is not worth a header: 17 bytes just fill version 1.
        #expect(try QRCode("aaaaaaaa1aaaaaaaa", correction: .low).version == 1)
    }

    @Test func `the rules of penalty count as the standard says`() {
        var grid = QRGrid(size: 21)
        // All light: 42 lines of 21 (19 each), 400 blocks, and a share of dark that is 50 % off.
        #expect(qrPenalty(grid) == 42 * 19 + 400 * 3 + 100)
        // What looks like a finder counts once for each side on which light lies: 80, and 8 for the
        // rest of its row. It takes a module off five columns and colours eight blocks.
        for column in [4, 6, 7, 8, 10] { grid[column, 0] = true }
        #expect(qrPenalty(grid) == 88 + 20 * 19 + 5 * 18 + 16 * 19 + 392 * 3 + 90)
    }

    @Test func `half blocks show every module and the margin`() throws {
        let code = try QRCode("tc")
        let drawing = QRTerminal(code, style: .darkOnLight)
        let lines = drawing.text.split(separator: "\n").map(Array.init)
        #expect(lines.count == 15)
        #expect(lines.allSatisfy { $0.count == drawing.width && $0.count == 29 })
        for row in -4..<25 {
            for column in -4..<25 {
                let character = lines[(row + 4) / 2][column + 4]
                let isDark =
                    character == "█" || character == ((row + 4) % 2 == 0 ? "▀" : "▄")
                #expect(isDark == code.isDark(column: column, row: row))
            }
        }
        let inverse = QRTerminal(code, style: .lightOnDark).text
        let flip: [Character: Character] = ["█": " ", " ": "█", "▀": "▄", "▄": "▀", "\n": "\n"]
        #expect(String(inverse.compactMap { flip[$0] }) == drawing.text)
    }

    @Test func `colours are set on each line and taken back before its end`() throws {
        let text = try QRTerminal(QRCode("tc"), style: .coloured).text
        for line in text.split(separator: "\n") {
            #expect(line.hasPrefix("\u{1B}[38;5;16;48;5;231m"))
            #expect(line.hasSuffix("\u{1B}[0m"))
        }
    }

    @Test func `an SVG picture is escaped and names its size`() throws {
        let text = try QRSVG(QRCode("tc"), title: "a<b & \"c\"\u{1}").text
        #expect(text.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"232\" "))
        #expect(text.contains("viewBox=\"0 0 29 29\""))
        #expect(text.contains("<title>a&lt;b &amp; &quot;c&quot;\u{FFFD}</title>"))
    }
}
