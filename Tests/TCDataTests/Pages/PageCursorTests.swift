import TCCore
import TCStore
import TCWire
import Testing

@testable import TCData

@Suite struct PageCursorTests {
    private let cursors = PageCursors(key: Array(repeating: 7, count: 32))
    private let question = Array("vehicles".utf8)
    private let values: [SQLValue] = [
        .integer(.min), .real(0.1), .real(-0.0), .text("a\"é\u{1F697}"), .bytes([0, 1, 255]),
        .bytes([]), .text(""), .real(1),
    ]

    @Test func `what goes in comes out, also after a restart`() throws {
        let cursor = cursors.cursor(after: values, of: question)
        let again = PageCursors(key: Array(repeating: 7, count: 32))
        #expect(try again.values(of: cursor, question: question) == values)
    }

    @Test func `a cursor of another question, another key or another hand is refused`() {
        let cursor = cursors.cursor(after: values, of: question)
        let other = PageCursors(key: Array(repeating: 8, count: 32))
        #expect(throws: TCError.self) { try other.values(of: cursor, question: question) }
        #expect(throws: TCError.self) {
            try cursors.values(of: cursor, question: Array("vehicle".utf8))
        }
        for text in ["", "x", "'; DROP TABLE vehicles; --", String(repeating: "A", count: 9000)] {
            #expect(throws: TCError.self) { try cursors.values(of: text, question: question) }
        }
    }

    @Test func `no flipped bit gets through`() throws {
        let bytes = try #require(
            Base64URL.decode(cursors.cursor(after: values, of: question)))
        for at in bytes.indices {
            for bit in 0..<8 {
                var forged = bytes
                forged[at] ^= 1 << bit
                #expect(throws: TCError.self) {
                    try cursors.values(of: Base64URL.encode(forged), question: question)
                }
            }
        }
    }
}
