/// The part of a text between the quotes of a string.
struct StringText {
    let start: Int
    let end: Int
    /// Whether there are escapes to resolve.
    let hasEscapes: Bool
}

extension JSONScanner {
    /// Checks the string that begins here with a quote.
    ///
    /// Eight bytes at a time as long as nothing special is among them.
    @inline(__always)
    mutating func string() throws(JSONError) -> StringText {
        position += 1
        let start = position
        var hasEscapes = false
        while true {
            while count - position >= 8 {
                let word = UnsafeRawPointer(base + position)
                    .loadUnaligned(as: UInt64.self).littleEndian
                let marks = specialBytes(word)
                if marks != 0 {
                    position += marks.trailingZeroBitCount >> 3
                    break
                }
                position += 8
            }
            guard position < count else { throw expected("'\"' at the end of the string") }
            let byte = base[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return StringText(start: start, end: position - 1, hasEscapes: hasEscapes)
            }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                try skipEscape()
            } else if byte < 0x20 {
                throw failure("a control character in a string must be escaped")
            } else if byte < 0x80 {
                position += 1
            } else {
                let length = utf8Length()
                guard length > 0 else {
                    throw failure("invalid UTF-8", .badUTF8, at: position)
                }
                position += length
            }
        }
    }

    /// Checks the escape that begins here with a backslash.
    private mutating func skipEscape() throws(JSONError) {
        let start = position
        position += 1
        switch next {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 1
        case UInt8(ascii: "u"):
            let first = try hexDigits()
            guard first & 0xF800 == 0xD800 else { return }
            // The first half of a pair, then the second; anything else names no character.
            guard first < 0xDC00, next == UInt8(ascii: "\\"), position + 1 < count,
                base[position + 1] == UInt8(ascii: "u")
            else { throw failure("a lone surrogate names no character", at: start) }
            position += 1
            guard try hexDigits() & 0xFC00 == 0xDC00 else {
                throw failure("a lone surrogate names no character", at: start)
            }
        default: throw expected("one of \"\\/bfnrtu after the backslash")
        }
    }

    /// The four digits behind a `u`.
    private mutating func hexDigits() throws(JSONError) -> UInt32 {
        position += 1
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = hexValue(next) else { throw expected("four hexadecimal digits") }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    /// The length of the character that begins here with a byte of 0x80 or more; 0 where it is not
    /// well-formed (Unicode, table 3-7: no overlong form, no surrogate, nothing past U+10FFFF).
    private func utf8Length() -> Int {
        let lead = base[position]
        let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        guard lead >= 0xC2, lead <= 0xF4, count - position >= length else { return 0 }
        let second = base[position + 1]
        let allowed: ClosedRange<UInt8> =
            switch lead {
            case 0xE0: 0xA0...0xBF
            case 0xED: 0x80...0x9F
            case 0xF0: 0x90...0xBF
            case 0xF4: 0x80...0x8F
            default: 0x80...0xBF
            }
        guard allowed.contains(second) else { return 0 }
        for index in 2..<max(length, 2) where base[position + index] & 0xC0 != 0x80 { return 0 }
        return length
    }

    /// The string without its escapes.
    @inline(__always)
    func decode(_ text: StringText) -> String {
        let raw = UnsafeBufferPointer(start: base + text.start, count: text.end - text.start)
        return text.hasEscapes ? unescaped(raw) : String(decoding: raw, as: UTF8.self)
    }
}

/// Resolves the escapes of checked text; the result is never longer.
private func unescaped(_ raw: UnsafeBufferPointer<UInt8>) -> String {
    String(unsafeUninitializedCapacity: raw.count) { buffer in
        var from = 0
        var to = 0
        while from < raw.count {
            let byte = raw[from]
            guard byte == UInt8(ascii: "\\") else {
                buffer[to] = byte
                from += 1
                to += 1
                continue
            }
            let kind = raw[from + 1]
            from += 2
            switch kind {
            case UInt8(ascii: "b"): buffer[to] = 0x08
            case UInt8(ascii: "f"): buffer[to] = 0x0C
            case UInt8(ascii: "n"): buffer[to] = 0x0A
            case UInt8(ascii: "r"): buffer[to] = 0x0D
            case UInt8(ascii: "t"): buffer[to] = 0x09
            case UInt8(ascii: "u"):
                var scalar = codeUnit(raw, at: from)
                from += 4
                if scalar & 0xFC00 == 0xD800 {
                    scalar = 0x10000 + (scalar & 0x3FF) << 10 + codeUnit(raw, at: from + 2) & 0x3FF
                    from += 6
                }
                // Checked before: a surrogate never stands alone.
                for unit in UTF8.encode(Unicode.Scalar(scalar)!)! {
                    buffer[to] = unit
                    to += 1
                }
                continue
            default: buffer[to] = kind
            }
            to += 1
        }
        return to
    }
}

private func codeUnit(_ raw: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt32 {
    var value: UInt32 = 0
    for byte in raw[start..<(start + 4)] { value = value << 4 | UInt32(hexValue(byte)!) }
    return value
}

private func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 48
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - 87
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - 55
    default: nil
    }
}

/// Marks, in the top bit of each byte of `word`, what `bytesToEscape` marks and all bytes past ASCII.
@inline(__always)
private func specialBytes(_ word: UInt64) -> UInt64 {
    bytesToEscape(word) | word & 0x8080_8080_8080_8080
}

/// Marks, in the top bit of each byte of `word`, quotes, backslashes and control characters. A
/// subtraction may mark a byte wrongly above a right mark, so only the lowest counts.
@inline(__always)
func bytesToEscape(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
    let backslashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
    let found =
        ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)
        | ((word &- ones &* 0x20) & ~word)
    return found & 0x8080_8080_8080_8080
}
