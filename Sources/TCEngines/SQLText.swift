import TCCore
import TCStore

/// What the engines need to know of a statement's text, without parsing it.
enum SQLText {
    /// What a statement does, by its first word.
    enum Effect: Equatable {
        /// The number of rows that it changed means something.
        case changesRows
        /// It would begin or end a transaction behind the back of whoever holds one.
        case controlsTransaction
        case other
    }

    static func effect(of sql: String) -> Effect {
        switch firstWord(of: sql) {
        case "INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "WITH": .changesRows
        case "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE":
            .controlsTransaction
        default: .other
        }
    }

    /// The first word in capitals, behind blanks and comments; empty where there is none.
    static func firstWord(of sql: String) -> String {
        var rest = sql.utf8[...]
        while let first = rest.first {
            if first == UInt8(ascii: " ") || (0x09...0x0D).contains(first) {
                rest.removeFirst()
            } else if rest.starts(with: "--".utf8) {
                rest = rest.drop { $0 != 0x0A }
            } else if rest.starts(with: "/*".utf8) {
                rest = rest.dropFirst(2)
                while !rest.isEmpty, !rest.starts(with: "*/".utf8) { rest.removeFirst() }
                rest = rest.dropFirst(2)
            } else {
                break
            }
        }
        let word = rest.prefix {
            ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z")
        }
        return String(Substring(word)).uppercased()
    }

    /// Whether the statement may leave something behind in a session on PostgreSQL: a setting, a
    /// temporary table, a lock. What a function of the schema does cannot be seen from here.
    static func mayChangeSession(_ sql: String) -> Bool {
        switch firstWord(of: sql) {
        case "SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "VALUES":
            let text = sql.lowercased()
            return ["set_config", "advisory_lock", "into temp"].contains { text.contains($0) }
        default: return true
        }
    }

    static func refuseTransactionControl(_ effect: Effect, _ sql: String) throws(TCError) {
        if effect == .controlsTransaction {
            throw TCError(
                .bug, "a transaction begins and ends with its closure, not by: \(excerpt(sql))")
        }
    }

    /// The statement for a message: on one line, at most 120 characters. Values are parameters, so
    /// it holds none.
    static func excerpt(_ sql: String) -> String {
        let words = sql.split { $0.isWhitespace }.joined(separator: " ")
        return words.count > 120 ? words.prefix(119) + "…" : words
    }
}

extension SQLValue {
    /// Refuses what one of the engines cannot store, so that both refuse it. `index` counts from 1.
    func check(parameter index: Int) throws(TCError) {
        switch self {
        case .real(let value) where value.isNaN:
            throw TCError(.badInput, "parameter \(index) must be a number, got NaN")
        case .text(let text) where text.utf8.contains(0):
            throw TCError(.badInput, "parameter \(index) must not contain a NUL character")
        case .text(let text) where text.utf8.count > SQLLimits.valueBytes:
            throw tooLong(index, text.utf8.count)
        case .bytes(let bytes) where bytes.count > SQLLimits.valueBytes:
            throw tooLong(index, bytes.count)
        default: return
        }
    }

    private func tooLong(_ index: Int, _ count: Int) -> TCError {
        TCError(
            .badInput,
            "parameter \(index) has \(count) bytes; at most \(SQLLimits.valueBytes) are allowed")
    }
}

extension SQLText {
    /// Refuses a statement where none may run.
    ///
    /// - Parameter failure: what ended the transaction already.
    static func refuseUse(inRow: Bool, after failure: (any Error)?) throws(TCError) {
        if inRow {
            throw TCError(.bug, "a connection must not be used while it hands out a row")
        }
        if failure != nil {
            throw TCError(.bug, "an earlier statement of this transaction failed")
        }
    }

    static func writeInRead(_ sql: String) -> TCError {
        TCError(.notPermitted, "a read must not write: \(excerpt(sql))")
    }
}
