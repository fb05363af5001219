import TCStore

/// A piece of a statement that cannot be divided, and where it stands.
public struct SQLToken: Equatable, Sendable {
    /// What a token is, as far as its bytes alone tell.
    public enum Kind: Sendable {
        /// An identifier without quotes, or a keyword: `select`, `größe`, `a$1`.
        case word
        /// An identifier in quotes of any style: `"a ""b"" c"`, `U&"d\0061ta"`, on SQLite also
        /// `[a b]` and `` `a b` ``.
        case quotedName
        /// `1`, `1.5e-3`, `0x1F`, `1_000`; a sign is an operator of its own.
        case number
        /// A string of any style, on PostgreSQL with the parts that continue it on further lines.
        case string
        /// `B'101'`, `X'1FF'`: a bit string on PostgreSQL, bytes on SQLite.
        case bits
        /// `$1`, on SQLite also `?1`.
        case parameter
        /// `?`, on SQLite; on PostgreSQL this is an operator.
        case anonymousParameter
        /// `:name`.
        case namedParameter
        case `operator`
        /// One of `( ) [ ] , ; .`, `::`, `:=`, and the `:` of an array's slice.
        case punctuation
    }

    public let kind: Kind
    /// Offsets in the statement's UTF-8.
    public let range: Range<Int>
}

/// A statement cut into tokens by `SQLScanner`.
public struct ScannedSQL: Sendable {
    public let dialect: SQLDialect
    /// Everything but blanks and comments, in order.
    public let tokens: [SQLToken]
    /// Where the comments stand, with their marks, in order.
    public let comments: [Range<Int>]
    let bytes: [UInt8]

    /// The bytes of a token as they were written.
    public func text(of token: SQLToken) -> String { text(token.range) }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// Some tokens for a message: without what is between them, at most 80 characters.
    func excerpt(_ tokens: some Sequence<SQLToken>) -> String {
        var excerpt = ""
        for token in tokens {
            excerpt += String(decoding: bytes[token.range].prefix(320), as: UTF8.self)
            if excerpt.count > 80 { return excerpt.prefix(79) + "…" }
        }
        return excerpt
    }

    /// Whether the token is this word, in letters of either case, and not in quotes.
    ///
    /// - Parameter word: in capitals.
    func isWord(_ index: Int, _ word: String) -> Bool {
        guard tokens.indices.contains(index), tokens[index].kind == .word else { return false }
        let range = tokens[index].range
        guard range.count == word.utf8.count else { return false }
        return zip(bytes[range], word.utf8).allSatisfy { uppercased($0) == $1 }
    }

    /// Whether the token is this operator or punctuation.
    func isSymbol(_ index: Int, _ symbol: String) -> Bool {
        guard index < tokens.count else { return false }
        switch tokens[index].kind {
        case .operator, .punctuation: return bytes[tokens[index].range].elementsEqual(symbol.utf8)
        default: return false
        }
    }

    /// The token in capitals where it is a word without quotes, else nil.
    func word(_ index: Int) -> String? {
        guard index < tokens.count, tokens[index].kind == .word else { return nil }
        return String(decoding: bytes[tokens[index].range].map(uppercased), as: UTF8.self)
    }

    /// What an identifier names: PostgreSQL folds one without quotes to small letters, SQLite tells
    /// no identifiers apart by case. Nil for another token, and for one with Unicode escapes, which
    /// are not decoded here.
    func name(_ index: Int) -> String? {
        guard index < tokens.count else { return nil }
        let range = tokens[index].range
        switch tokens[index].kind {
        case .word: return String(decoding: bytes[range].map(lowercased), as: UTF8.self)
        case .quotedName:
            let open = bytes[range.lowerBound]
            if open | 0x20 == UInt8(ascii: "u") { return nil }
            let close = open == UInt8(ascii: "[") ? UInt8(ascii: "]") : open
            var name: [UInt8] = []
            var place = range.lowerBound + 1
            while place < range.upperBound - 1 {
                name.append(dialect == .sqlite ? lowercased(bytes[place]) : bytes[place])
                // A quote inside stands twice; a bracket cannot stand inside.
                place += bytes[place] == close ? 2 : 1
            }
            return String(decoding: name, as: UTF8.self)
        default: return nil
        }
    }
}

@inline(__always)
func uppercased(_ byte: UInt8) -> UInt8 { byte >= 0x61 && byte <= 0x7A ? byte & 0xDF : byte }

@inline(__always)
func lowercased(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
