import TCStore

/// Walks over a SELECT whose form is known well enough to take its key apart.
struct BatchDerivation {
    let statement: ScannedSQL
    /// The token that is the key's value.
    private let value: Int
    /// How many brackets and CASEs each token stands in.
    let depths: [Int]
    /// Text instead of a token.
    private var edits: [Int: String] = [:]

    private var dialect: SQLDialect { statement.dialect }

    init(_ statement: ScannedSQL, varying: [Int]) throws(Underivable) {
        self.statement = statement
        switch statement.word(0) {
        case "SELECT"?: break
        case "INSERT"?, "UPDATE"?, "DELETE"?, "REPLACE"?:
            throw Underivable("it changes rows: send them as one statement or as one batch")
        case "WITH"?: throw Underivable("it begins with a common table expression")
        default: throw Underivable("it is no SELECT")
        }
        do throws(SQLSyntaxError) {
            _ = try StatementFacts(parsing: statement)
        } catch {
            throw Underivable("it cannot be parsed: \(error)")
        }
        guard !varying.isEmpty else {
            throw Underivable("it asks for the same each time: ask once and keep the answer")
        }
        let values = statement.tokens.indices.filter { statement.tokens[$0].kind.isValue }
        guard varying.count == 1, values.indices.contains(varying[0]) else {
            throw Underivable("\(varying.count) values differ, and a batch has one key")
        }
        value = values[varying[0]]
        depths = BatchDerivation.depths(statement)
    }

    private static func depths(_ statement: ScannedSQL) -> [Int] {
        var depth = 0
        return statement.tokens.indices.map { index in
            let opens =
                statement.isSymbol(index, "(") || statement.isSymbol(index, "[")
                || statement.isWord(index, "CASE")
            let closes =
                statement.isSymbol(index, ")") || statement.isSymbol(index, "]")
                || statement.isWord(index, "END")
            if closes { depth -= 1 }
            defer { if opens { depth += 1 } }
            return depth
        }
    }

    mutating func query() throws(Underivable) -> BatchedQuery {
        try refuseWhatCountsOverAllKeys()
        guard let from = clause("FROM"), let start = clause("WHERE") else {
            throw Underivable("it has no WHERE that names the key")
        }
        let end = ["ORDER", "FOR"].compactMap { clause($0) }.min() ?? lastToken + 1
        let key = try replaceCondition(in: (start + 1)..<end)
        guard from > 1 else { throw Underivable("it selects no column") }
        if !selects(key, in: 1..<from, tables: (from + 1)..<start) {
            edits[from - 1] = "\(text(from - 1)), \(text(of: key))"
        }
        return .query(rebuilt, key: text(of: key))
    }

    private func refuseWhatCountsOverAllKeys() throws(Underivable) {
        for word in ["UNION", "INTERSECT", "EXCEPT", "INTO"] where clause(word) != nil {
            throw Underivable("it has \(word)")
        }
        for word in ["LIMIT", "OFFSET", "FETCH"] where clause(word) != nil {
            throw Underivable("\(word) would count the rows of all keys together")
        }
        for word in ["GROUP", "HAVING"] where clause(word) != nil {
            throw Underivable("it groups rows: group by the key too")
        }
        if statement.isWord(1, "DISTINCT"), statement.isWord(2, "ON") {
            throw Underivable("DISTINCT ON would pick among the rows of all keys")
        }
        for index in statement.tokens.indices {
            if statement.isWord(index, "OVER") {
                throw Underivable("a window would reach over the rows of all keys")
            }
            if depths[index] == 0, statement.isSymbol(index + 1, "("),
                let name = statement.name(index), aggregates.contains(name)
            {
                throw Underivable("\(name) would go over the rows of all keys: group by the key")
            }
        }
    }

    // MARK: The condition

    /// Replaces the condition that holds the value, and gives where its column stands.
    private mutating func replaceCondition(in range: Range<Int>) throws(Underivable) -> Range<Int> {
        guard range.contains(value) else {
            throw Underivable("the value that differs is not in a condition of WHERE")
        }
        var bounds = [range.lowerBound - 1]
        var isBetween = false
        for index in range where depths[index] == 0 {
            if statement.isWord(index, "OR") { throw Underivable("OR stands beside the key") }
            if statement.isWord(index, "BETWEEN") { isBetween = true }
            if statement.isWord(index, "AND") {
                if !isBetween { bounds.append(index) }
                isBetween = false
            }
        }
        let after = bounds.first { $0 > value } ?? range.upperBound
        let condition = ((bounds.last { $0 < value } ?? range.lowerBound - 1) + 1)..<after
        guard let (key, cast) = equality(condition) else {
            throw Underivable("the value that differs is not in a condition 'column = value'")
        }
        if statement.tokens[value].kind == .parameter {
            let isElsewhere = statement.tokens.indices.contains {
                $0 != value && text($0) == text(value)
            }
            if isElsewhere {
                throw Underivable("the key \(text(value)) stands in another place too")
            }
        }
        for index in condition { edits[index] = "" }
        edits[condition.lowerBound] =
            dialect == .postgres
            ? "\(text(of: key)) = ANY(\(parameter)\(cast.isEmpty ? "" : "\(cast)[]"))"
            : "\(text(of: key)) IN (SELECT value FROM json_each(\(parameter)))"
        return key
    }

    /// The column and the value's cast, where the condition is `column = value`, `value = column`
    /// or `column IN (value)`.
    private func equality(_ condition: Range<Int>) -> (key: Range<Int>, cast: String)? {
        if let equals = condition.first(where: { isEquals($0) }) {
            let (left, right) = (condition.lowerBound..<equals, (equals + 1)..<condition.upperBound)
            let (key, operand) = left.contains(value) ? (right, left) : (left, right)
            guard isColumn(key), let cast = cast(operand) else { return nil }
            return (key, cast)
        }
        let opening = value - (value > 0 && statement.isSign(value - 1) ? 2 : 1)
        guard statement.isSymbol(opening, "("), statement.isSymbol(value + 1, ")"),
            value + 2 == condition.upperBound, statement.isWord(opening - 1, "IN"),
            opening - 1 > condition.lowerBound
        else { return nil }
        let key = condition.lowerBound..<(opening - 1)
        return isColumn(key) ? (key, "") : nil
    }

    private func isEquals(_ index: Int) -> Bool {
        depths[index] == 0
            && (statement.isSymbol(index, "=")
                || dialect == .sqlite && statement.isSymbol(index, "=="))
    }

    /// Whether these tokens are `a` or `a.b.c`.
    private func isColumn(_ range: Range<Int>) -> Bool {
        range.count % 2 == 1
            && range.enumerated().allSatisfy { offset, index in
                offset % 2 == 1 ? statement.isSymbol(index, ".") : statement.name(index) != nil
            }
    }

    /// The cast behind a value that stands alone, `::uuid`; empty where there is none, nil where
    /// more stands there.
    private func cast(_ range: Range<Int>) -> String? {
        let rest = range.drop { $0 < value && statement.isSign($0) }
        guard rest.first == value else { return nil }
        let behind = rest.dropFirst()
        guard let first = behind.first else { return "" }
        let type = behind.dropFirst()
        let isType =
            statement.isSymbol(first, "::") && !type.isEmpty
            && type.allSatisfy { depths[$0] == 0 && statement.tokens[$0].kind != .operator }
        return isType ? text(of: behind) : nil
    }

    /// What the keys are handed in by: the value's own number, or the next that is free.
    private var parameter: String {
        switch statement.tokens[value].kind {
        case .parameter, .anonymousParameter: return text(value)
        default:
            let numbers = statement.tokens.filter { $0.kind == .parameter }
                .compactMap { Int(statement.text(of: $0).dropFirst()) }
            return "$\((numbers.max() ?? 0) + 1)"
        }
    }

    // MARK: Text

    /// The last token that is no semicolon.
    private var lastToken: Int {
        statement.tokens.indices.last { !statement.isSymbol($0, ";") } ?? 0
    }

    /// Where a clause begins, outside of all brackets.
    private func clause(_ word: String) -> Int? {
        statement.tokens.indices.first {
            depths[$0] == 0 && statement.isWord($0, word)
                && ($0 == 0 || !statement.isSymbol($0 - 1, ".") && !statement.isWord($0 - 1, "AS"))
                // IS DISTINCT FROM.
                && !(word == "FROM" && statement.isWord($0 - 1, "DISTINCT"))
        }
    }

    private func text(_ index: Int) -> String { statement.text(of: statement.tokens[index]) }

    private func text(of range: Range<Int>) -> String { range.map { text($0) }.joined() }

    /// The tokens with what is edited, and a blank wherever blanks or comments were.
    private var rebuilt: String {
        var result = ""
        var end = statement.tokens[0].range.lowerBound
        for index in 0...lastToken {
            let piece = edits[index] ?? text(index)
            let range = statement.tokens[index].range
            if !piece.isEmpty {
                if range.lowerBound > end, !result.isEmpty { result += " " }
                result += piece
            }
            end = piece.isEmpty ? end : range.upperBound
        }
        return result
    }
}

private let aggregates: Set<String> = [
    "array_agg", "avg", "bit_and", "bit_or", "bool_and", "bool_or", "count", "every",
    "group_concat", "json_agg", "json_group_array", "json_group_object", "json_object_agg",
    "jsonb_agg", "jsonb_object_agg", "max", "min", "percentile_cont", "percentile_disc", "stddev",
    "string_agg", "sum", "total", "variance",
]
