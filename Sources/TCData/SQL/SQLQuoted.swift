import TCStore

/// The parts of a statement that end at a mark of their own: strings, quoted identifiers, comments.
extension SQLScanner {
    /// Steps over a string whose first quote is here, on PostgreSQL with what continues it: strings
    /// with nothing but blanks that hold a line's end between them are one (section 4.1.2), and the
    /// rules for escapes are the first one's.
    mutating func string(escapes: Bool) throws(SQLSyntaxError) {
        let quote = UInt8(ascii: "'")
        let start = position
        while true {
            position += 1
            while position < bytes.count {
                if escapes, bytes[position] == UInt8(ascii: "\\") {
                    position += 2
                } else if bytes[position] != quote {
                    position += 1
                } else if peek(1) == quote {
                    position += 2
                } else {
                    break
                }
            }
            guard position < bytes.count else { throw failure("the string has no end", at: start) }
            position += 1
            guard dialect == .postgres, let next = continuation else { return }
            position = next
        }
    }

    /// Where a string goes on behind blanks, comments to the end of a line, and at least one line's
    /// end.
    private var continuation: Int? {
        var place = position
        var hasLineEnd = false
        while place < bytes.count {
            switch bytes[place] {
            case 0x0A, 0x0D:
                hasLineEnd = true
                place += 1
            case 0x20, 0x09, 0x0B, 0x0C: place += 1
            case UInt8(ascii: "-")
            where place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "-"):
                while place < bytes.count, !endsLine(bytes[place]) { place += 1 }
            case UInt8(ascii: "'"): return hasLineEnd ? place : nil
            default: return nil
            }
        }
        return nil
    }

    /// Steps over what stands between two quotes, where a quote inside stands twice.
    mutating func quoted(until quote: UInt8, _ what: String) throws(SQLSyntaxError) {
        let start = position
        position += 1
        while position < bytes.count {
            if bytes[position] != quote {
                position += 1
            } else if peek(1) == quote {
                position += 2
            } else {
                position += 1
                return
            }
        }
        throw failure("the \(what) has no end", at: start)
    }

    /// Behind `$`: a parameter's number, or on PostgreSQL a string between two equal tags.
    mutating func dollar() throws(SQLSyntaxError) -> SQLToken.Kind {
        let start = position
        position += 1
        if isDigit(peek()) {
            try parameterNumber()
            return .parameter
        }
        while isNameStart(peek()) || position > start + 1 && isDigit(peek()) { position += 1 }
        guard dialect == .postgres, peek() == UInt8(ascii: "$") else {
            throw failure("a parameter's number must stand behind '$'", at: start)
        }
        position += 1
        let tag = Array(bytes[start..<position])
        // Linear however long the tag is: between its ends it holds no `$`, so no byte is compared
        // from two places.
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "$"), bytes[position...].starts(with: tag) {
                position += tag.count
                return .string
            }
            position += 1
        }
        throw failure("the string between dollar quotes has no end", at: start)
    }

    /// Whether a comment of one line ends here: on PostgreSQL at a carriage return too, so that
    /// what follows it runs.
    private func endsLine(_ byte: UInt8) -> Bool {
        byte == 0x0A || byte == 0x0D && dialect == .postgres
    }

    /// Steps over `-- …` or `/* … */`.
    mutating func skipComment() throws(SQLSyntaxError) {
        let start = position
        if peek() == UInt8(ascii: "-") {
            while position < bytes.count, !endsLine(bytes[position]) { position += 1 }
            return
        }
        position += 2
        var depth = 1
        while position < bytes.count {
            if peek() == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                position += 2
                depth -= 1
                if depth == 0 { return }
            } else if dialect == .postgres, peek() == UInt8(ascii: "/"),
                peek(1) == UInt8(ascii: "*")
            {
                position += 2
                depth += 1
                guard depth <= SQLScanner.maximumNesting else {
                    throw failure(
                        "nests deeper than \(SQLScanner.maximumNesting) comments", at: position)
                }
            } else {
                position += 1
            }
        }
        throw failure("the comment has no end", at: start)
    }
}
