import TCStore

/// The parts of a statement that end where another kind of byte begins: words and numbers.
extension SQLScanner {
    /// A word, or one of the literals that begin with a letter.
    mutating func word() throws(SQLSyntaxError) -> SQLToken.Kind {
        let quote = UInt8(ascii: "'")
        switch uppercased(bytes[position]) {
        case UInt8(ascii: "E") where peek(1) == quote && dialect == .postgres:
            position += 1
            try string(escapes: true)
            return .string
        case UInt8(ascii: "N") where peek(1) == quote && dialect == .postgres:
            position += 1
            try string(escapes: false)
            return .string
        case UInt8(ascii: "B") where peek(1) == quote && dialect == .postgres,
            UInt8(ascii: "X") where peek(1) == quote:
            position += 1
            try string(escapes: false)
            return .bits
        case UInt8(ascii: "U") where peek(1) == UInt8(ascii: "&") && dialect == .postgres:
            if peek(2) == quote {
                position += 2
                try string(escapes: false)
                return .string
            }
            if peek(2) == UInt8(ascii: "\"") {
                position += 2
                try quoted(until: UInt8(ascii: "\""), "identifier")
                return .quotedName
            }
        default: break
        }
        while isNamePart(peek()) { position += 1 }
        return .word
    }

    mutating func number() throws(SQLSyntaxError) {
        let start = position
        let base = lowercased(peek(1))
        if peek() == UInt8(ascii: "0"), "xob".utf8.contains(base) {
            position += 2
            skipDigits { isDigit($0) || (0x61...0x66).contains(lowercased($0)) }
            if position == start + 2 { throw failure("a digit is missing", at: position) }
        } else {
            skipDigits(isDigit)
            // Two points are no fraction.
            if peek() == UInt8(ascii: "."), peek(1) != UInt8(ascii: ".") {
                position += 1
                skipDigits(isDigit)
            }
            if lowercased(peek()) == UInt8(ascii: "e") {
                let sign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-") ? 1 : 0
                position += 1 + sign
                if !isDigit(peek()) {
                    throw failure("the exponent has no digit", at: position)
                }
                skipDigits(isDigit)
            }
        }
        if isNamePart(peek()) {
            throw failure("a number must end before a letter begins", at: position)
        }
    }

    private mutating func skipDigits(_ isDigitHere: (UInt8) -> Bool) {
        while isDigitHere(peek()) || peek() == UInt8(ascii: "_") && isDigitHere(peek(1)) {
            position += 1
        }
    }

    /// The number behind `$` or `?`.
    mutating func parameterNumber() throws(SQLSyntaxError) {
        let start = position
        while isDigit(peek()) { position += 1 }
        guard position - start <= 5, !isNamePart(peek()) else {
            throw failure("a parameter's number is at most five digits", at: start)
        }
    }
}

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

/// Letters, underscore, and all that is not ASCII.
@inline(__always)
func isNameStart(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(lowercased(byte)) || byte == UInt8(ascii: "_") || byte >= 0x80
}

@inline(__always)
func isNamePart(_ byte: UInt8) -> Bool {
    isNameStart(byte) || isDigit(byte) || byte == UInt8(ascii: "$")
}
