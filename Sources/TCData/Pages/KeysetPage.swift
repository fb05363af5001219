import TCStore

/// A page of rows in an order, behind a place in it: SQL that costs the same however far back the
/// place is.
///
/// The rows are found by their values, not by counting: one that is inserted or deleted meanwhile
/// moves no other from page to page.
struct KeysetPage {
    let order: KeysetOrder
    /// The values of the last row that was given, one for each column of the order; empty at the
    /// beginning.
    let after: [SQLValue]

    /// What the rows are called in the statement. Columns are named with it: SQLite takes a name in
    /// quotes that it does not know for a text.
    static let rowName = "page"

    static func column(_ name: String) -> String { "\(rowName).\(SQLName.quoted(name))" }

    /// The condition on rows, and its parameters, of which the first has number `first`; nil at the
    /// beginning.
    func condition(firstParameter first: Int) -> (sql: String, values: [SQLValue])? {
        guard !after.isEmpty else { return nil }
        let columns = order.columns
        let names = columns.map { KeysetPage.column($0.name) }
        let numbers = columns.indices.map { "$\(first + $0)" }
        if columns.allSatisfy({ $0.isDescending == columns[0].isDescending }) {
            // Both engines find the place of a row value in an index at once.
            let sign = columns[0].isDescending ? "<" : ">"
            let sql =
                "(\(names.joined(separator: ", "))) \(sign) (\(numbers.joined(separator: ", ")))"
            return (sql, after)
        }
        let alternatives = columns.indices.map { last in
            let equal = (0..<last).map { "\(names[$0]) = \(numbers[$0])" }
            let beyond = "\(names[last]) \(columns[last].isDescending ? "<" : ">") \(numbers[last])"
            return "(" + (equal + [beyond]).joined(separator: " AND ") + ")"
        }
        return ("(" + alternatives.joined(separator: " OR ") + ")", after)
    }

    /// `page."made_at" DESC, page."id"`
    var orderBy: String {
        order.columns.map { KeysetPage.column($0.name) + ($0.isDescending ? " DESC" : "") }
            .joined(separator: ", ")
    }
}
