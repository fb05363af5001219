import TCStore

/// Cuts a text into the tokens of an engine's SQL.
///
/// The two engines differ in ways that matter for safety, so each has its own rules: PostgreSQL
/// nests comments, has dollar quotes, `E'…'` with escapes and strings that go on behind a line's
/// end, and `?` is one of its operators; SQLite has none of that, and takes `[a]` and `` `a` `` for
/// identifiers. `standard_conforming_strings` is taken to be on, as it is unless somebody turns it
/// off. Every byte is looked at a bounded number of times.
public struct SQLScanner {
    /// Bytes of one text: far beyond what people and programs write, and a scan of milliseconds.
    public static let maximumBytes = 1 << 20
    /// How deep brackets, and PostgreSQL's comments, may nest: whoever walks over the tokens calls
    /// itself for each level.
    public static let maximumNesting = 100

    let bytes: [UInt8]
    let dialect: SQLDialect
    var position = 0
    private(set) var tokens: [SQLToken] = []
    private(set) var comments: [Range<Int>] = []
    private var brackets: [Bracket] = []

    private struct Bracket {
        let start: Int
        let kind: Kind

        enum Kind {
            case round
            /// `ARRAY[…]`, and what it holds: `:name` is a parameter.
            case array
            /// `a[1:n]`: a colon divides the bounds.
            case subscripted
        }
    }

    private init(_ sql: String, _ dialect: SQLDialect) {
        bytes = Array(sql.utf8)
        self.dialect = dialect
        tokens.reserveCapacity(bytes.count / 4)
    }

    /// Cuts the text into tokens; a text without any gives none.
    ///
    /// Throws `SQLSyntaxError` where a string, an identifier, a comment or a bracket has no end,
    /// where a byte begins no token, and beyond the limits.
    public static func scan(
        _ sql: String, dialect: SQLDialect
    ) throws(SQLSyntaxError) -> ScannedSQL {
        var scanner = SQLScanner(sql, dialect)
        guard scanner.bytes.count <= maximumBytes else {
            throw scanner.failure(
                "has \(scanner.bytes.count) bytes; at most \(maximumBytes) are allowed", at: 0)
        }
        if let nul = scanner.bytes.firstIndex(of: 0) {
            // SQLite would take it for the end of the text.
            throw scanner.failure("a NUL character must not stand in a statement", at: nul)
        }
        try scanner.run()
        return ScannedSQL(
            dialect: dialect, tokens: scanner.tokens, comments: scanner.comments,
            bytes: scanner.bytes)
    }

    func failure(_ message: String, at offset: Int) -> SQLSyntaxError {
        SQLSyntaxError(message, at: offset, in: bytes)
    }

    /// The byte that many behind the next one; 0, which no text may hold, at the end.
    @inline(__always)
    func peek(_ ahead: Int = 0) -> UInt8 {
        position + ahead < bytes.count ? bytes[position + ahead] : 0
    }

    private mutating func run() throws(SQLSyntaxError) {
        while position < bytes.count {
            let start = position
            switch bytes[position] {
            case 0x20, 0x09...0x0D: position += 1
            case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"),
                UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
                try skipComment()
                comments.append(start..<position)
            default:
                let kind = try token()
                tokens.append(SQLToken(kind: kind, range: start..<position))
            }
        }
        if let open = brackets.last { throw failure("the bracket is not closed", at: open.start) }
    }

    /// Steps over the token that begins here.
    private mutating func token() throws(SQLSyntaxError) -> SQLToken.Kind {
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: "'"):
            try string(escapes: false)
            return .string
        case UInt8(ascii: "\""):
            try quoted(until: byte, "identifier")
            return .quotedName
        case UInt8(ascii: "`") where dialect == .sqlite:
            try quoted(until: byte, "identifier")
            return .quotedName
        case UInt8(ascii: "[") where dialect == .sqlite:
            guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "]")) else {
                throw failure("the identifier has no end", at: position)
            }
            position = end + 1
            return .quotedName
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            try number()
            return .number
        case UInt8(ascii: ".") where isDigit(peek(1)):
            try number()
            return .number
        case UInt8(ascii: "$"): return try dollar()
        case UInt8(ascii: ":"): return try colon()
        case UInt8(ascii: "?") where dialect == .sqlite:
            position += 1
            guard isDigit(peek()) else { return .anonymousParameter }
            try parameterNumber()
            return .parameter
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "."):
            try punctuation()
            return .punctuation
        case _ where isNameStart(byte): return try word()
        case _ where operatorBytes.contains(byte):
            skipOperator()
            return .operator
        default: throw failure("no token begins here", at: position)
        }
    }

    // MARK: Punctuation

    private mutating func colon() throws(SQLSyntaxError) -> SQLToken.Kind {
        if brackets.last?.kind == .subscripted, peek(1) != UInt8(ascii: ":") {
            position += 1
            return .punctuation
        }
        switch peek(1) {
        case UInt8(ascii: ":") where dialect == .postgres,
            UInt8(ascii: "=") where dialect == .postgres:
            position += 2
            return .punctuation
        case let byte where isNameStart(byte):
            position += 1
            while isNamePart(peek()) { position += 1 }
            return .namedParameter
        default: throw failure("a parameter's name must stand behind ':'", at: position)
        }
    }

    private mutating func punctuation() throws(SQLSyntaxError) {
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: "("): try open(.round)
        case UInt8(ascii: "["): try open(squareKind)
        case UInt8(ascii: ")"), UInt8(ascii: "]"):
            guard let open = brackets.popLast(),
                (open.kind == .round) == (byte == UInt8(ascii: ")"))
            else { throw failure("the bracket closes none that is open", at: position) }
        default: break
        }
        position += 1
    }

    private mutating func open(_ kind: Bracket.Kind) throws(SQLSyntaxError) {
        guard brackets.count < SQLScanner.maximumNesting else {
            throw failure(
                "nests deeper than \(SQLScanner.maximumNesting) brackets", at: position)
        }
        brackets.append(Bracket(start: position, kind: kind))
    }

    /// A square bracket makes an array behind `ARRAY`, and as an element of one.
    private var squareKind: Bracket.Kind {
        guard let last = tokens.last else { return .subscripted }
        if last.kind == .word, last.range.count == 5,
            bytes[last.range].map(uppercased) == Array("ARRAY".utf8)
        {
            return .array
        }
        let isElement =
            last.kind == .punctuation
            && [UInt8(ascii: "["), UInt8(ascii: ",")].contains(bytes[last.range.lowerBound])
        return brackets.last?.kind == .array && isElement ? .array : .subscripted
    }

    /// An operator takes all the bytes that it can, but for what PostgreSQL's manual leaves out of
    /// one (section 4.1.3) and where SQLite's longest ends.
    private mutating func skipOperator() {
        let start = position
        if dialect == .sqlite {
            let three = bytes[start..<min(start + 3, bytes.count)]
            let length = [3, 2].first { length in
                three.count >= length
                    && sqliteOperators.contains { $0 == Array(three.prefix(length)) }
            }
            position += length ?? 1
            return
        }
        while position < bytes.count, operatorBytes.contains(bytes[position]) {
            let next = peek(1)
            if bytes[position] == UInt8(ascii: "-"), next == UInt8(ascii: "-") { break }
            if bytes[position] == UInt8(ascii: "/"), next == UInt8(ascii: "*") { break }
            position += 1
        }
        let keepsSign = bytes[start..<position].contains { "~!@#%^&|`?".utf8.contains($0) }
        while !keepsSign, position > start + 1, "+-".utf8.contains(bytes[position - 1]) {
            position -= 1
        }
    }
}

private let operatorBytes = Set("+-*/<>=~!@#%^&|`?".utf8)

private let sqliteOperators = ["->>", "->", "||", "<<", ">>", "<=", ">=", "<>", "!=", "=="]
    .map { Array($0.utf8) }
