/// The members of the text of one JSON object, without making values of them.
///
/// Only for text that the store keeps, which is known to be valid; on any other text the walk ends
/// early instead of reading past the end.
struct ExtraFields {
    private let text: UnsafeBufferPointer<UInt8>
    private var at: Int

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
        at = 1
    }

    /// The next member as ranges of the text: the key with its quotes, and the value. Nil at the
    /// end.
    mutating func next() -> (key: Range<Int>, value: Range<Int>)? {
        skipBlanks()
        guard at < text.count, text[at] == UInt8(ascii: "\"") else { return nil }
        let keyStart = at
        skipString()
        let keyEnd = at
        skipBlanks()
        at += 1
        skipBlanks()
        let valueStart = at
        skipValue()
        let valueEnd = at
        skipBlanks()
        at += 1
        guard valueEnd <= text.count, valueStart < valueEnd else { return nil }
        return (keyStart..<keyEnd, valueStart..<valueEnd)
    }

    private mutating func skipBlanks() {
        while at < text.count, text[at] <= 0x20 { at += 1 }
    }

    /// From the opening quote to behind the closing one.
    private mutating func skipString() {
        at += 1
        while at < text.count, text[at] != UInt8(ascii: "\"") {
            at += text[at] == UInt8(ascii: "\\") ? 2 : 1
        }
        at += 1
    }

    private mutating func skipValue() {
        var depth = 0
        while at < text.count {
            switch text[at] {
            case UInt8(ascii: "\""):
                skipString()
                if depth == 0 { return }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return }
                depth -= 1
                if depth == 0 {
                    at += 1
                    return
                }
            case UInt8(ascii: ","):
                if depth == 0 { return }
            case 0...0x20:
                if depth == 0 { return }
            default: break
            }
            at += 1
        }
    }
}
