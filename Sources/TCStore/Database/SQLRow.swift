import TCCore

/// One row of a result, valid only inside the closure that it was handed to.
///
/// Columns are counted from 0. Asking for a column that is not there is a programmer's mistake and
/// stops the program; a value of another type than asked for is an error of kind `bug`, since what
/// a column holds was decided by a migration.
public protocol SQLRow {
    var columnCount: Int { get }

    /// The column's name or alias in the statement.
    func name(of column: Int) -> String

    /// The value; text that is not UTF-8 is an error of kind `io`, a type that no `SQLValue` can
    /// hold one of kind `bug` that names the type and asks for a `CAST`.
    func value(_ column: Int) throws -> SQLValue
}

extension SQLRow {
    /// The integer in `column`; null is an error.
    public func integer(_ column: Int) throws -> Int64 {
        guard case .integer(let value) = try value(column) else {
            throw mismatch(column, "an integer")
        }
        return value
    }

    /// The integer in `column`, or nil for null.
    public func optionalInteger(_ column: Int) throws -> Int64? {
        switch try value(column) {
        case .integer(let value): return value
        case .null: return nil
        default: throw mismatch(column, "an integer or null")
        }
    }

    /// The number in `column`; a whole one may be stored as an integer. Null is an error.
    public func real(_ column: Int) throws -> Double {
        guard let value = try optionalReal(column) else { throw mismatch(column, "a real number") }
        return value
    }

    /// The number in `column`, or nil for null.
    public func optionalReal(_ column: Int) throws -> Double? {
        switch try value(column) {
        case .real(let value): return value
        case .integer(let value): return Double(value)
        case .null: return nil
        default: throw mismatch(column, "a real number or null")
        }
    }

    /// The text in `column`; null is an error.
    public func text(_ column: Int) throws -> String {
        guard case .text(let value) = try value(column) else { throw mismatch(column, "text") }
        return value
    }

    /// The text in `column`, or nil for null.
    public func optionalText(_ column: Int) throws -> String? {
        switch try value(column) {
        case .text(let value): return value
        case .null: return nil
        default: throw mismatch(column, "text or null")
        }
    }

    /// The bytes in `column`; null is an error.
    public func bytes(_ column: Int) throws -> [UInt8] {
        guard case .bytes(let value) = try value(column) else { throw mismatch(column, "bytes") }
        return value
    }

    /// The bytes in `column`, or nil for null.
    public func optionalBytes(_ column: Int) throws -> [UInt8]? {
        switch try value(column) {
        case .bytes(let value): return value
        case .null: return nil
        default: throw mismatch(column, "bytes or null")
        }
    }

    private func mismatch(_ column: Int, _ expected: String) -> TCError {
        // Looked up again only here, on the way to an error; a value that cannot be read at all has
        // thrown before.
        let found = (try? value(column).kindName) ?? "something unreadable"
        return TCError(
            .bug, "column \(column) ('\(name(of: column))') must be \(expected) but is \(found)")
    }
}
