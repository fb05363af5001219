import TCCore

/// One step of a family's schema. The list is append-only: what was applied anywhere never changes,
/// and a mend is a further step.
public struct Migration: Sendable, Equatable {
    /// The family whose tables these are: `auth`.
    public let family: String
    /// 1, 2, 3 … without gaps, in the list's order.
    public let version: Int
    /// Statements for one transaction, in order, without parameters.
    public let sql: [String]

    public init(family: String, version: Int, sql: [String]) {
        self.family = family
        self.version = version
        self.sql = sql
    }

    /// FNV-1a over the statements, 16 hexadecimal digits: it finds edits, which nobody forges.
    var checksum: String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for statement in sql {
            // A byte that no text has ends each, so that moving a statement's end is an edit too.
            for byte in Array(statement.utf8) + [0xFF] {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            }
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
