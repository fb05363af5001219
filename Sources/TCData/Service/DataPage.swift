import TCCore
import TCStore
import TCWire

/// Rows, where they came from, and how old they are.
public struct DataPage: Sendable {
    /// JSON objects, a line each.
    public var lines: [UInt8]
    public var rows: Int
    /// `l1`, `l2`, `replica:HOST:PORT` or `primary`.
    public var source: String
    /// Since they were read from a database; nil where they just were.
    public var age: Duration?
    /// How far behind the primary the replica was at most that was read; nil for others.
    public var lag: Duration?
    /// For the next page; nil where there is none.
    public var next: String?

    /// `{"_meta":{…}}` as a line.
    public var metaLine: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("_meta")
        writeMeta(to: &writer)
        writer.endObject()
        writer.newline()
        return writer.bytes
    }

    /// Appends what `_meta` says.
    public func writeMeta(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("source", source)
        if let age {
            writer.key("age_ms")
            writer.int(age.milliseconds)
        }
        if let lag {
            writer.key("lag_ms")
            writer.int(lag.milliseconds)
        }
        writer.key("rows")
        writer.int(rows)
        writer.member("next", ifAny: next)
        writer.endObject()
    }
}

extension DataPage {
    /// What a cache keeps of it: the cursor on a line of its own, and the rows.
    var kept: [UInt8] { Array((next ?? "").utf8) + [0x0A] + lines }

    /// - Parameter kept: what `kept` gave.
    init(kept: [UInt8]) {
        let end = kept.firstIndex(of: 0x0A) ?? kept.count
        let cursor = String(decoding: kept[..<end], as: UTF8.self)
        lines = Array(kept[min(end + 1, kept.count)...])
        rows = lines.count { $0 == 0x0A }
        source = ""
        next = cursor.isEmpty ? nil : cursor
    }
}

/// How a question is to be answered.
public struct ReadOptions: Sendable {
    /// Rows of a page, 1 to `DataService.longestPage`.
    public var limit: Int
    /// Where the page before ended.
    public var cursor: String?
    /// In place of the bound that the catalogue or the settings give; then no kept answer is given,
    /// which may be older.
    public var maxLag: Duration?
    /// A position that the answer must have seen, as a write gave it; no kept answer shows that.
    public var minLSN: LSN?

    public init(
        limit: Int = DataService.longestPage, cursor: String? = nil, maxLag: Duration? = nil,
        minLSN: LSN? = nil
    ) {
        self.limit = limit
        self.cursor = cursor
        self.maxLag = maxLag
        self.minLSN = minLSN
    }
}

/// What is asked, without where a page begins: what a cursor is bound to.
struct DataQuestion: Sendable {
    let bytes: [UInt8]

    /// - Parameters:
    ///   - kind: `list`, `query`, `sql`.
    ///   - sql: of the first page.
    init(kind: String, sql: String, parameters: [SQLValue], order: KeysetOrder?) {
        var writer = JSONWriter()
        writer.beginArray()
        writer.string(kind)
        writer.string(sql)
        for parameter in parameters {
            writer.beginArray()
            switch parameter {
            case .null: writer.null()
            case .integer(let whole): writer.int(whole)
            case .real(let real): writer.string("r" + String(real.bitPattern))
            case .text(let text): writer.string("t" + text)
            case .bytes(let bytes): writer.string("b" + Base64URL.encode(bytes))
            }
            writer.endArray()
        }
        writer.string((order?.columns ?? []).map(\.text).joined(separator: ","))
        writer.endArray()
        bytes = writer.bytes
    }
}
