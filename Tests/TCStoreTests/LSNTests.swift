import TCCore
import TCStore
import Testing

@Suite("log positions") struct LSNTests {
    @Test(
        "the text is PostgreSQL's",
        arguments: [
            ("16/B374D848", 0x16_B374_D848), ("0/0", 0), ("0/16B3748", 0x16B_3748),
            ("FFFFFFFF/FFFFFFFF", .max),
        ] as [(String, UInt64)])
    func text(_ text: String, _ offset: UInt64) throws {
        #expect(try LSN(text: text) == LSN(byteOffset: offset))
        #expect(LSN(byteOffset: offset).description == text)
    }

    @Test("either case and leading zeros are read")
    func lenient() throws {
        #expect(try LSN(text: "00000016/b374d848") == LSN(byteOffset: 0x16_B374_D848))
    }

    @Test(
        "anything else is refused and shown",
        arguments: [
            "", "/", "1", "1/", "/1", "1/2/3", "+1/2", "1/-2", "1/ 2", "123456789/0", "0/123456789",
            "G/0", "\u{FF11}/0", "0/0\n",
        ])
    func refused(_ text: String) {
        let error = #expect(throws: TCError.self) { try LSN(text: text) }
        #expect(error?.kind == .badInput)
        #expect(error?.message.contains("\"\(text)\"") == true)
    }

    @Test("positions are in the order of the log, not of their texts")
    func order() throws {
        let texts = ["0/9", "0/10", "0/FFFFFFFF", "1/0", "9/0", "10/0"]
        let positions = try texts.map { try LSN(text: $0) }
        #expect(positions.reversed().sorted() == positions)
    }
}
