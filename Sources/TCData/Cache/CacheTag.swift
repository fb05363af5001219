import TCCore
import TCCrypto

/// What a cached value was made of, and what a change changes: a table, or one row of it by its key.
///
/// A value that depends on a table (a list, a count) is made invalid by every change in that table. A
/// value that depends on a row is made invalid by a change of that row, and by one that is only known
/// to have been somewhere in the table.
public enum CacheTag: Hashable, Sendable {
    case table(String)
    /// `key` is the row's key in any form, as long as readers and writers write it alike.
    case row(table: String, key: String)

    /// So many tags may a read have.
    static let mostRead = 32
    /// So many tags may a write have; who changes more names the table.
    static let mostWritten = 256

    /// The names of the records whose stamps a value with `tags` depends on, each once, in order.
    ///
    /// For each table there are two: one that every change in it raises, and one that only changes of
    /// unknown rows raise. Beside them there is one for each row, and one for everything.
    static func namesRead(_ tags: [CacheTag]) throws -> [String] {
        try check(tags.count, most: mostRead)
        var names: Set = [everything]
        for tag in tags {
            switch tag {
            case .table(let table): names.insert(name("change", table))
            case .row(let table, let key):
                names.insert(name("whole", table))
                names.insert(name("row", table, key))
            }
        }
        return names.sorted()
    }

    /// The names of the records that a change of `tags` raises, each once, in order.
    static func namesWritten(_ tags: [CacheTag]) throws -> [String] {
        try check(tags.count, most: mostWritten)
        var names: Set<String> = []
        for tag in tags {
            switch tag {
            case .table(let table):
                names.formUnion([name("change", table), name("whole", table)])
            case .row(let table, let key):
                names.formUnion([name("change", table), name("row", table, key)])
            }
        }
        return names.sorted()
    }

    /// The record that every value depends on.
    static let everything = "everything"

    private static func check(_ count: Int, most: Int) throws {
        guard count <= most else {
            throw TCError(
                .badInput, "a cached read or write may have \(most) tags, this one has \(count)",
                hint: "name the table instead of its rows")
        }
    }

    /// Lengths stand before what they measure, so that no two tags share a name. A long name is
    /// replaced by its hash: keys of caches are bounded.
    private static func name(_ kind: String, _ parts: String...) -> String {
        let name = kind + parts.map { ":\($0.utf8.count):\($0)" }.joined()
        guard name.utf8.count > 200 else { return name }
        let hash = Digest.sha256.hash(Array(name.utf8))
        return "\(kind):" + hash.map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined()
    }
}
