import CSQLite
import TCCore
import TCStore

/// A prepared statement. It keeps the database open that it belongs to.
final class SQLiteStatement {
    let sql: String
    let effect: SQLText.Effect
    /// Whether it changes nothing in the database file.
    let isReadOnly: Bool
    fileprivate let pointer: OpaquePointer
    private let handle: SQLiteHandle
    /// For each of SQLite's parameters, which it numbers by first occurrence, the number behind `$`.
    private let numbers: [Int]

    init(_ sql: String, _ handle: SQLiteHandle) throws {
        effect = SQLText.effect(of: sql)
        try SQLText.refuseTransactionControl(effect, sql)
        var statement: OpaquePointer?
        var copy = sql
        let (code, rest) = copy.withUTF8 { text -> (Int32, String) in
            var tail: UnsafePointer<CChar>?
            return text.withMemoryRebound(to: CChar.self) { text in
                let code = sqlite3_prepare_v3(
                    handle.pointer, text.baseAddress, Int32(text.count),
                    UInt32(SQLITE_PREPARE_PERSISTENT), &statement, &tail)
                guard code == SQLITE_OK, let start = text.baseAddress, let tail else {
                    return (code, "")
                }
                let used = tail - start
                let rest = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(text)[used...])
                return (code, String(decoding: rest, as: UTF8.self))
            }
        }
        guard code == SQLITE_OK else { throw SQLiteError.make(code, handle, sql: sql) }
        guard let statement, SQLText.firstWord(of: rest).isEmpty else {
            sqlite3_finalize(statement)
            throw TCError(.bug, "there must be one statement: \(SQLText.excerpt(sql))")
        }
        self.sql = sql
        self.handle = handle
        pointer = statement
        isReadOnly = sqlite3_stmt_readonly(statement) != 0
        numbers = (0..<sqlite3_bind_parameter_count(statement)).map {
            sqlite3_bind_parameter_name(statement, $0 + 1).flatMap { Int(String(cString: $0 + 1)) }
                ?? 0
        }
        guard numbers.allSatisfy((1...max(1, numbers.count)).contains) else {
            throw TCError(.bug, "parameters are $1, $2 … without gaps: \(SQLText.excerpt(sql))")
        }
    }

    deinit { sqlite3_finalize(pointer) }

    /// Sets all parameters: `$1` is the first value, however often and in which order they occur.
    func bind(_ values: [SQLValue]) throws {
        guard values.count == numbers.count else {
            throw TCError(
                .bug,
                "the statement has \(numbers.count) parameters, got \(values.count) values: "
                    + SQLText.excerpt(sql))
        }
        for index in numbers.indices {
            try bind(values[numbers[index] - 1], at: Int32(index + 1), numbers[index])
        }
    }

    private func bind(_ value: SQLValue, at index: Int32, _ number: Int) throws {
        try value.check(parameter: number)
        let code =
            switch value {
            case .null: sqlite3_bind_null(pointer, index)
            case .integer(let value): sqlite3_bind_int64(pointer, index, value)
            case .real(let value): sqlite3_bind_double(pointer, index, value)
            case .text(var text):
                text.withUTF8 { utf8 in
                    utf8.withMemoryRebound(to: CChar.self) {
                        tc_sqlite3_bind_text(pointer, index, $0.baseAddress, UInt64($0.count))
                    }
                }
            case .bytes(let bytes):
                bytes.withUnsafeBytes {
                    tc_sqlite3_bind_blob(pointer, index, $0.baseAddress, UInt64($0.count))
                }
            }
        guard code == SQLITE_OK else { throw SQLiteError.make(code, handle, sql: sql) }
    }

    /// Goes to the next row; false behind the last one.
    func step() throws -> Bool {
        switch sqlite3_step(pointer) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw SQLiteError.make(code, handle, sql: sql)
        }
    }

    /// Makes it ready to run again, and forgets the values, which may be secrets.
    func reset() {
        sqlite3_reset(pointer)
        sqlite3_clear_bindings(pointer)
    }

    /// Rows that this run inserted, changed or deleted.
    var changes: Int {
        effect == .changesRows && !isReadOnly ? Int(sqlite3_changes64(handle.pointer)) : 0
    }
}

/// The row that a statement stands at.
struct SQLiteRow: SQLRow {
    private let statement: SQLiteStatement

    init(_ statement: SQLiteStatement) { self.statement = statement }

    var columnCount: Int { Int(sqlite3_column_count(statement.pointer)) }

    func name(of column: Int) -> String {
        precondition(column >= 0 && column < columnCount, "there is no column \(column)")
        return sqlite3_column_name(statement.pointer, Int32(column)).map { String(cString: $0) }
            ?? ""
    }

    func value(_ column: Int) throws -> SQLValue {
        precondition(column >= 0 && column < columnCount, "there is no column \(column)")
        let (pointer, index) = (statement.pointer, Int32(column))
        switch sqlite3_column_type(pointer, index) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(pointer, index))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(pointer, index))
        case SQLITE_TEXT:
            let bytes = UnsafeBufferPointer(
                start: sqlite3_column_text(pointer, index),
                count: Int(sqlite3_column_bytes(pointer, index)))
            return .text(try decodeText(bytes, column, self))
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(pointer, index)
            let count = Int(sqlite3_column_bytes(pointer, index))
            return .bytes(Array(UnsafeRawBufferPointer(start: start, count: count)))
        default: return .null
        }
    }
}

/// A column's text, which an engine of ours wrote as UTF-8 but other programs may have not.
func decodeText(
    _ bytes: UnsafeBufferPointer<UInt8>, _ column: Int, _ row: some SQLRow
) throws(TCError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
        throw TCError(.io, "column '\(row.name(of: column))' holds text that is not UTF-8")
    }
    return text
}
