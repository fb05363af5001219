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

    /// The names of the records whose stamps a value with `tags` depends on, each once, in an order that
    /// theirs decides.
    ///
    /// For each table there are two: one that every change in it raises, and one that only changes of
    /// unknown rows raise. Beside them there is one for each row, and one for everything.
    static func namesRead(_ tags: [CacheTag]) throws -> [String] {
        try check(tags.count, most: mostRead)
        var names = [everything]
        for tag in tags {
            switch tag {
            case .table(let table): add([name("change", table)], to: &names)
            case .row(let table, let key):
                add([name("whole", table), name("row", table, key)], to: &names)
            }
        }
        return names
    }

    /// The names of the records that a change of `tags` raises, each once.
    static func namesWritten(_ tags: [CacheTag]) throws -> [String] {
        try check(tags.count, most: mostWritten)
        var names: [String] = []
        for tag in tags {
            switch tag {
            case .table(let table):
                add([name("change", table), name("whole", table)], to: &names)
            case .row(let table, let key):
                add([name("change", table), name("row", table, key)], to: &names)
            }
        }
        return names
    }

    /// There are few, so that looking through them costs less than a set would: reads do this
    /// whenever this process has no entry of its own.
    private static func add(_ new: [String], to names: inout [String]) {
        for name in new where !names.contains(name) { names.append(name) }
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
    private static func name(_ kind: String, _ table: String, _ key: String? = nil) -> String {
        var name = "\(kind):\(table.utf8.count):\(table)"
        if let key { name += ":\(key.utf8.count):\(key)" }
        guard name.utf8.count > 200 else { return name }
        return "\(kind):" + Hex.text(Digest.sha256.hash(Array(name.utf8)))
    }
}
