/// What goes into a statement as a parameter and comes out of it as a column, the same on every
/// engine.
///
/// There is no type for truth (a nullable time says more), for times (whole epoch milliseconds) or
/// for decimals (whole minor units). What PostgreSQL has besides comes out as one of these: truth as
/// 0 or 1, a whole `numeric` as an integer.
public enum SQLValue: Sendable, Equatable {
    case null
    /// `BIGINT`, exact.
    case integer(Int64)
    /// `DOUBLE PRECISION`, exact; not a number is refused as a parameter, since SQLite has none.
    case real(Double)
    /// `TEXT`; a NUL character is refused as a parameter, since PostgreSQL stores none.
    case text(String)
    /// `BYTEA`, any bytes.
    case bytes([UInt8])
}

extension SQLValue {
    /// The value, or null for nil.
    public init(_ value: Int64?) { self = value.map(SQLValue.integer) ?? .null }
    /// The value, or null for nil.
    public init(_ value: String?) { self = value.map(SQLValue.text) ?? .null }
    /// The value, or null for nil.
    public init(_ value: [UInt8]?) { self = value.map(SQLValue.bytes) ?? .null }

    /// What kind of value it is, for messages: never the value itself, which may be a secret.
    var kindName: String {
        switch self {
        case .null: "null"
        case .integer: "an integer"
        case .real: "a real number"
        case .text: "text"
        case .bytes: "bytes"
        }
    }
}

extension SQLValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByNilLiteral
{
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(stringLiteral value: String) { self = .text(value) }
    public init(nilLiteral: ()) { self = .null }
}
