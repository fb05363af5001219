/// Whether the rows of a SELECT tell the key that they were found by.
extension BatchDerivation {
    /// Whether the rows already tell their key.
    func selects(_ key: Range<Int>, in list: Range<Int>, tables: Range<Int>) -> Bool {
        let hasOneTable = !tables.contains {
            statement.isWord($0, "JOIN") || statement.isSymbol($0, ",")
        }
        let names = key.compactMap { statement.name($0) }
        var item: [Int] = []
        for index in list
        where !statement.isWord(index, "DISTINCT") && !statement.isWord(index, "ALL") {
            if depths[index] == 0, statement.isSymbol(index, ",") {
                if isItem(item, names, hasOneTable) { return true }
                item = []
            } else {
                item.append(index)
            }
        }
        return isItem(item, names, hasOneTable)
    }

    private func isItem(_ item: [Int], _ key: [String], _ hasOneTable: Bool) -> Bool {
        // A star behind a name stands for the columns of one table.
        if let last = item.last, statement.isSymbol(last, "*"), item.count != 2 {
            let table = item.dropLast().compactMap { statement.name($0) }
            return item.count == 1 || hasOneTable || table == Array(key.dropLast())
        }
        var path: [String] = []
        for (offset, index) in item.enumerated() {
            guard offset % 2 == 0 else {
                guard statement.isSymbol(index, ".") else { break }
                continue
            }
            guard let name = statement.name(index) else { return false }
            path.append(name)
            // An alias, or an expression, may follow.
            if offset + 1 < item.count, !statement.isSymbol(item[offset + 1], ".") {
                let rest = item[(offset + 1)...]
                let isAlias = statement.isWord(rest[rest.startIndex], "AS") ? 2 : 1
                guard rest.count == isAlias, statement.name(rest[rest.endIndex - 1]) != nil else {
                    return false
                }
                break
            }
        }
        return path == key || path.count == 1 && path[0] == key.last
            || hasOneTable && path.last == key.last
    }
}
