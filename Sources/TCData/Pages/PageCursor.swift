import TCCore
import TCCrypto
import TCStore
import TCWire

/// Where a page ended, as text that the caller hands back for the next one.
///
/// It is signed, so that nobody can put values of their own into it, and bound to the question, so
/// that a cursor of one is refused by another. It holds nothing but the last row's place in the order
/// and never expires: the key behind it is kept.
public struct PageCursors: Sendable {
    private let key: HMACKey
    /// Bytes of a signature that are kept: 128 bits.
    private static let tagBytes = 16
    /// The longest cursor that is looked at.
    static let longest = 8192

    /// - Parameter key: 32 secret bytes that survive a restart and are the same on all nodes.
    public init(key: [UInt8]) { self.key = HMACKey(key) }

    /// The cursor behind a row.
    ///
    /// - Parameters:
    ///   - values: of the columns of the order, none of them null.
    ///   - question: what was asked, without its place: name, parameters, filters and order.
    func cursor(after values: [SQLValue], of question: [UInt8]) -> String {
        var writer = JSONWriter()
        writer.beginArray()
        for value in values {
            switch value {
            case .integer(let whole): writer.int(whole)
            // As its bits: exact, and no integer.
            case .real(let real):
                writer.beginArray()
                writer.string(String(real.bitPattern, radix: 16))
                writer.endArray()
            case .text(let text): writer.string(text)
            case .bytes(let bytes):
                writer.beginObject()
                writer.key("b")
                writer.string(Base64URL.encode(bytes))
                writer.endObject()
            case .null: preconditionFailure("a column of an order is never null")
            }
        }
        writer.endArray()
        let body = writer.bytes
        return Base64URL.encode(tag(body, question) + body)
    }

    /// The values behind which the next page begins.
    ///
    /// - Throws: `bad_input` for what is no cursor of ours, or of another question.
    func values(of cursor: String, question: [UInt8]) throws(TCError) -> [SQLValue] {
        guard cursor.utf8.count <= PageCursors.longest, let bytes = Base64URL.decode(cursor),
            bytes.count > PageCursors.tagBytes
        else { throw PageCursors.refusal }
        let body = Array(bytes[PageCursors.tagBytes...])
        guard constantTimeEquals(tag(body, question), Array(bytes[..<PageCursors.tagBytes])),
            case .array(let elements)? = try? JSONReader.parse(body)
        else { throw PageCursors.refusal }
        return try elements.map { (element) throws(TCError) in
            switch element {
            case .number(let number): if let whole = number.int64 { return .integer(whole) }
            case .string(let text): return .text(text)
            case .array(let bits):
                if let text = bits.first?.string, let bits = UInt64(text, radix: 16) {
                    return .real(Double(bitPattern: bits))
                }
            case .object(let object):
                if let text = object["b"]?.string, let bytes = Base64URL.decode(text) {
                    return .bytes(bytes)
                }
            default: break
            }
            throw PageCursors.refusal
        }
    }

    private static let refusal = TCError(
        .badInput, "'cursor' is not one that was given for this question",
        hint: "take 'next' of the page before, with the same query, parameters, filters and order")

    private func tag(_ body: [UInt8], _ question: [UInt8]) -> [UInt8] {
        // The length tells where the question ends.
        let count = withUnsafeBytes(of: UInt64(question.count).littleEndian) { Array($0) }
        return Array(key.authenticate(count + question + body)[..<PageCursors.tagBytes])
    }
}
