import TCCore
import TCStore
import TCWire

/// A condition on a column of the rows that are listed.
public struct RowFilter: Sendable, Equatable {
    /// How a column's value is held against the filter's.
    public enum Operator: String, Sendable, CaseIterable {
        case eq, ne, lt, le, gt, ge
        /// One of a list.
        case `in`
        /// Text with `%` for any characters and `_` for one, `\` before one that means itself; case
        /// matters.
        case like
        /// `true` for rows without a value, `false` for those with one.
        case isNull = "is-null"

        /// The operator of SQL, for those that compare two values.
        var comparison: String? {
            switch self {
            case .eq: "="
            case .ne: "<>"
            case .lt: "<"
            case .le: "<="
            case .gt: ">"
            case .ge: ">="
            case .in, .like, .isNull: nil
            }
        }
    }

    public let column: String
    public let test: Operator
    /// A value of the column's type; a list of them for `in`, truth for `is-null`.
    public let value: JSONValue

    public init(column: String, test: Operator, value: JSONValue) {
        self.column = column
        self.test = test
        self.value = value
    }

    /// Values of one list.
    static let mostValues = 1000
    /// Filters of one question.
    static let mostFilters = 50

    /// Reads `COLUMN OPERATOR VALUE`, as flags and addresses have it: `soc_pct lt 20`,
    /// `owner eq usr_7`, `id in ["a","b"]`, `name is-null true`.
    ///
    /// - Throws: `bad_input`.
    public init(text: String, of table: CatalogTable) throws(TCError) {
        let words = text.split(separator: " ", maxSplits: 2).map(String.init)
        guard words.count == 3 else {
            throw TCError(.badInput, "a filter must be COLUMN OPERATOR VALUE, got '\(text)'")
        }
        let column = try table.column(words[0])
        let test = try RowFilter.test(words[1])
        let value: JSONValue =
            switch test {
            case .in, .isNull: ColumnType.json.json(words[2])
            case .like: .string(words[2])
            // What looks like a number may be a name.
            default: column.type.json(words[2])
            }
        self.init(column: words[0], test: test, value: value)
    }

    /// Reads `{"soc_pct":{"lt":20},"owner":"usr_7"}`; a bare value means `eq`.
    ///
    /// - Throws: `bad_input`.
    public static func read(_ object: JSONObject) throws(TCError) -> [RowFilter] {
        var filters: [RowFilter] = []
        for member in object.members {
            guard case .object(let tests) = member.value else {
                filters.append(RowFilter(column: member.key, test: .eq, value: member.value))
                continue
            }
            for entry in tests.members {
                filters.append(
                    RowFilter(
                        column: member.key, test: try RowFilter.test(entry.key), value: entry.value)
                )
            }
        }
        return filters
    }

    private static func test(_ word: String) throws(TCError) -> Operator {
        guard let test = Operator(rawValue: word) else {
            let known = Operator.allCases.map(\.rawValue).joined(separator: ", ")
            throw TCError(.badInput, "'\(word)' is no operator; there are \(known)")
        }
        return test
    }

    /// The condition as SQL, its values appended to `parameters`.
    ///
    /// - Throws: `bad_input` for an unknown column or a value of another type.
    func sql(
        _ table: CatalogTable, _ dialect: SQLDialect, _ parameters: inout [SQLValue]
    ) throws(TCError) -> String {
        let declared = try table.column(column)
        let name = KeysetPage.column(column)
        func number(_ value: SQLValue) -> String {
            parameters.append(value)
            return "$\(parameters.count)"
        }
        if let comparison = test.comparison {
            let value = try declared.type.sqlValue(value, of: column)
            guard value != .null else {
                throw TCError(
                    .badInput, "'\(column) \(test.rawValue)' needs a value, got null",
                    hint: "rows without a value are found with 'is-null'")
            }
            return "\(name) \(comparison) \(number(value))"
        }
        switch (test, value) {
        case (.in, .array(let values)):
            guard (1...RowFilter.mostValues).contains(values.count) else {
                throw TCError(
                    .badInput,
                    "'\(column) in' must list 1 to \(RowFilter.mostValues) values, got "
                        + "\(values.count)")
            }
            let numbers = try values.map { (value) throws(TCError) in
                number(try declared.type.sqlValue(value, of: column))
            }
            return "\(name) IN (\(numbers.joined(separator: ", ")))"
        case (.like, .string(let pattern)):
            guard declared.type == .text else {
                throw TCError(.badInput, "'\(column) like' needs a column of text")
            }
            return dialect == .postgres
                ? "\(name) LIKE \(number(.text(pattern)))"
                : "\(name) GLOB \(number(.text(RowFilter.glob(pattern))))"
        case (.isNull, .bool(let isNull)): return "\(name) IS \(isNull ? "" : "NOT ")NULL"
        case (.in, _): throw wrongValue("a list of values")
        case (.like, _): throw wrongValue("text")
        default: throw wrongValue("true or false")
        }
    }

    private func wrongValue(_ expected: String) -> TCError {
        TCError(
            .badInput, "'\(column) \(test.rawValue)' must have \(expected), got \(value.kindName)")
    }

    /// A pattern of `LIKE` as one of `GLOB`: SQLite's `LIKE` takes letters of either case for equal.
    static func glob(_ pattern: String) -> String {
        var glob = ""
        var isLiteral = false
        for character in pattern.unicodeScalars {
            switch character {
            case "\\" where !isLiteral:
                isLiteral = true
                continue
            case "%" where !isLiteral: glob += "*"
            case "_" where !isLiteral: glob += "?"
            case "*", "?", "[": glob += "[\(character)]"
            default: glob.unicodeScalars.append(character)
            }
            isLiteral = false
        }
        return glob
    }
}
