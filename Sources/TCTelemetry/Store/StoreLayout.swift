import TCCore
import TCStore

/// Where things are in a store: `DIR/telemetry/date=YYYY-MM-DD/FIRST-LAST.parquet`.
///
/// FIRST and LAST are sequence numbers of that day. A file as ingested holds one, `00000007-00000007`;
/// a compacted one tells which it replaces. Where two files hold the same vehicle and moment, the
/// higher sequence wins field by field.
struct StoreLayout: Sendable {
    /// `DIR/telemetry`: the table that other readers are pointed at.
    let root: String
    /// `DIR`, what the store's URL names.
    let directory: String

    init(directory: String) {
        self.directory = directory
        root = directory + "/telemetry"
    }

    /// Held while files are published (exclusively) and while a reader opens its files (shared), so
    /// that a reader sees a replacement whole.
    var publishLock: String { root + "/.lock" }
    /// Held by compact and forget for as long as they run.
    var maintenanceLock: String { root + "/.maintenance" }

    func folder(_ day: Day) -> String { "\(root)/date=\(day)" }

    /// The path below the store's folder: `telemetry/date=2026-01-02/00000001-00000001.parquet`.
    func relativePath(_ file: StoredName) -> String {
        "telemetry/date=\(file.day)/\(file.name)"
    }

    func path(_ file: StoredName) -> String { "\(folder(file.day))/\(file.name)" }

    /// The day of a folder's name; nil for a name of another kind.
    static func day(ofFolder name: String) -> Day? {
        name.hasPrefix("date=") ? Day(String(name.dropFirst(5))) : nil
    }

    /// The days that have a folder, in order.
    func days(_ files: FileSystem) throws -> [Day] {
        try files.list(root).compactMap(StoreLayout.day).sorted()
    }

    /// The visible files of a day in the order of their sequences, those left out that a visible
    /// file replaces.
    func files(of day: Day, _ files: FileSystem) throws -> [StoredName] {
        let all = try allFiles(of: day, files)
        return all.filter { file in !all.contains { $0.replaces(file) } }
    }

    /// Every Parquet file of a day, replaced ones included.
    func allFiles(of day: Day, _ files: FileSystem) throws -> [StoredName] {
        try files.list(folder(day)).compactMap { StoredName(day: day, name: $0) }.sorted()
    }
}

/// A file of the store, told by its name.
struct StoredName: Hashable, Comparable, Sendable {
    let day: Day
    let name: String
    let first: Int
    let last: Int

    init(day: Day, first: Int, last: Int) {
        self.day = day
        self.first = first
        self.last = last
        name = "\(StoredName.padded(first))-\(StoredName.padded(last)).parquet"
    }

    /// Nil for a hidden file or one that is not Parquet. A file that somebody else put there, with a
    /// name of its own, counts as older than all of ours.
    init?(day: Day, name: String) {
        guard name.hasSuffix(".parquet"), !name.hasPrefix("."), !name.hasPrefix("_") else {
            return nil
        }
        let numbers = name.dropLast(8).split(separator: "-", omittingEmptySubsequences: false)
        self.day = day
        self.name = name
        if numbers.count == 2, let first = StoredName.number(numbers[0]),
            let last = StoredName.number(numbers[1]), first <= last
        {
            self.first = first
            self.last = last
        } else {
            first = 0
            last = 0
        }
    }

    /// Whether everything in `other` is in this file too.
    func replaces(_ other: StoredName) -> Bool {
        self != other && other.first > 0 && first <= other.first && other.last <= last
            && day == other.day
    }

    static func < (a: StoredName, b: StoredName) -> Bool {
        (a.day, a.first, a.last, a.name) < (b.day, b.first, b.last, b.name)
    }

    /// Eight digits keep a day's files in order in a listing; more are allowed.
    private static func padded(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, 8 - text.count)) + text
    }

    private static func number(_ text: Substring) -> Int? {
        guard text.count >= 8, text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return Int(text).flatMap { $0 > 0 ? $0 : nil }
    }
}
