import TCStore

/// What all the statements have in common that differ in their values only.
///
/// Values, parameters and lists of them are `?`, rows of values are one row; blanks, comments and
/// the case of what is not quoted are gone. So `WHERE id IN (1, 2)` and `where id in ($1)` are
/// alike.
public struct StatementFingerprint: Hashable, Sendable {
    /// `select name from vehicles where owner = ?`; it holds no value.
    public let text: String
    /// FNV-1a of the text, 64 bits: the same on every machine and in every version, unless what is
    /// folded changes.
    public let hash: UInt64

    /// Throws `SQLSyntaxError` where the statement cannot be scanned.
    public init(of sql: String, dialect: SQLDialect) throws(SQLSyntaxError) {
        self.init(try SQLScanner.scan(sql, dialect: dialect))
    }

    init(_ scanned: ScannedSQL) {
        var folding = FingerprintFolding(scanned)
        text = folding.text()
        hash = fnv1a(text.utf8)
    }
}

/// A hash that is equal in every process and release, unlike Swift's own.
func fnv1a(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}

extension SQLToken.Kind {
    /// Whether it stands for a value: written out, or a parameter.
    var isValue: Bool {
        switch self {
        case .number, .string, .bits, .parameter, .anonymousParameter, .namedParameter: true
        case .word, .quotedName, .operator, .punctuation: false
        }
    }
}

extension ScannedSQL {
    /// Whether the sign before a number belongs to it: no operand stands before.
    func isSign(_ index: Int) -> Bool {
        guard isSymbol(index, "-") || isSymbol(index, "+"), index + 1 < tokens.count,
            tokens[index + 1].kind == .number
        else { return false }
        guard index > 0 else { return true }
        switch tokens[index - 1].kind {
        case .operator: return true
        case .punctuation: return !isSymbol(index - 1, ")") && !isSymbol(index - 1, "]")
        case .word: return SQLKeywords.isReserved(word(index - 1) ?? "")
        default: return false
        }
    }
}

/// Folds the values of a statement, in one pass over its tokens.
private struct FingerprintFolding {
    private let scanned: ScannedSQL
    private var pieces: [String] = []
    private var frames = [Frame(isList: false, start: 0)]

    /// What an open bracket holds.
    private struct Frame {
        /// Whether values one after another are one.
        let isList: Bool
        /// Its opening bracket among the pieces.
        let start: Int
        /// The last list in brackets inside it: further ones behind a comma are rows, and equal
        /// ones are one.
        var lastRow: Range<Int>?
    }

    init(_ scanned: ScannedSQL) { self.scanned = scanned }

    mutating func text() -> String {
        var last = scanned.tokens.count
        while last > 0, scanned.isSymbol(last - 1, ";") { last -= 1 }
        for index in 0..<last where !scanned.isSign(index) { add(index) }
        return spaced()
    }

    private mutating func add(_ index: Int) {
        let token = scanned.tokens[index]
        switch token.kind {
        case let kind where kind.isValue:
            let isRepeated =
                frames[frames.count - 1].isList && pieces.count >= 2
                && pieces[pieces.count - 1] == "," && pieces[pieces.count - 2] == "?"
            if isRepeated { pieces.removeLast() } else { pieces.append("?") }
        case .word: pieces.append(scanned.name(index) ?? "")
        default:
            let text = scanned.text(of: token)
            if text == ")" || text == "]" {
                pieces.append(text)
                close()
            } else if text == "(" || text == "[" {
                frames.append(Frame(isList: beginsList(index), start: pieces.count))
                pieces.append(text)
            } else {
                pieces.append(text)
            }
        }
    }

    /// Whether the bracket holds a list of values: behind `IN`, `VALUES` and `ARRAY`, and within
    /// such.
    private func beginsList(_ index: Int) -> Bool {
        guard let before = pieces.last, !scanned.isWord(index + 1, "SELECT") else { return false }
        let frame = frames[frames.count - 1]
        switch before {
        case "in", "values", "array": return true
        case "(", "[": return frame.isList
        case ",": return frame.isList || frame.lastRow?.upperBound == pieces.count - 1
        default: return false
        }
    }

    private mutating func close() {
        let closed = frames.removeLast()
        guard closed.isList else { return }
        let row = closed.start..<pieces.count
        let parent = frames.count - 1
        if let last = frames[parent].lastRow, last.upperBound == row.lowerBound - 1,
            pieces[last.upperBound] == ",", pieces[last] == pieces[row]
        {
            pieces.removeSubrange(last.upperBound...)
        } else {
            frames[parent].lastRow = row
        }
    }

    /// The pieces with a blank between, but where nobody writes one.
    private func spaced() -> String {
        var text = ""
        for (index, piece) in pieces.enumerated() {
            if index > 0, needsSpace(pieces[index - 1], piece) { text += " " }
            text += piece
        }
        return text
    }

    private func needsSpace(_ before: String, _ piece: String) -> Bool {
        switch piece {
        case ",", ")", "]", ".", "::", ":", ";", "[": return false
        case "(":
            // A call's bracket follows its name; a grouping one does not.
            guard let first = before.utf8.first, isNameStart(first) else {
                return before != "(" && before != "["
            }
            return SQLKeywords.isReserved(before.uppercased())
        default: return !["(", "[", ".", "::", ":"].contains(before)
        }
    }
}
