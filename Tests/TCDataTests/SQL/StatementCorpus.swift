import TCStore

/// Statements with the class that each must get, a statement a line under a heading
/// `== ENGINES | read` or `== ENGINES | words of the reason`. `\n` and `\r` stand for a line's end.
///
/// What is expected to read uses the tables of `schema` and must run: the engines are asked.
enum StatementCorpus {
    struct Entry: Sendable, CustomStringConvertible {
        let dialect: SQLDialect
        let sql: String
        /// Words of the reason against it; nil where it certainly reads.
        let doubt: String?

        var description: String { "\(dialect) \(sql)" }
    }

    static let entries: [Entry] = {
        var entries: [Entry] = []
        var dialects: [SQLDialect] = []
        var doubt: String?
        for line in (reads + "\n" + others).split(separator: "\n") {
            if line.hasPrefix("== ") {
                let parts = line.dropFirst(3).split(separator: "|", maxSplits: 1)
                    .map { $0.split(separator: " ").joined(separator: " ") }
                dialects =
                    parts[0] == "both"
                    ? [.postgres, .sqlite] : [parts[0] == "sqlite" ? .sqlite : .postgres]
                doubt = parts[1] == "read" ? nil : parts[1]
            } else {
                let sql = String(line).replacing(#"\n"#, with: "\n").replacing(#"\r"#, with: "\r")
                for dialect in dialects {
                    entries.append(Entry(dialect: dialect, sql: sql, doubt: doubt))
                }
            }
        }
        return entries
    }()

    static func schema(_ dialect: SQLDialect) -> [String] {
        let isPostgres = dialect == .postgres
        return [
            """
            CREATE TABLE vehicles (id BIGINT PRIMARY KEY, owner TEXT, name TEXT,
            soc DOUBLE PRECISION, tags \(isPostgres ? "TEXT[]" : "TEXT"),
            doc \(isPostgres ? "JSONB" : "TEXT"), seen \(isPostgres ? "TIMESTAMPTZ" : "TEXT"))
            """,
            "CREATE TABLE owners (id TEXT PRIMARY KEY, name TEXT, manager TEXT)",
            "CREATE TABLE events (id \(dialect.identityColumn), vehicle BIGINT, kind TEXT, n BIGINT)",
            "CREATE TABLE codes (code TEXT)",
            #"CREATE TABLE "Order" ("from" BIGINT, "update" TEXT)"#,
            """
            INSERT INTO vehicles VALUES
            (1, 'u1', 'a', 50, \(isPostgres ? "'{x,y}'" : "'x'"), '{"a": [1, 2]}', '2026-01-01')
            """,
            "INSERT INTO owners VALUES ('u1', 'Ada', NULL)",
            "INSERT INTO events (vehicle, kind, n) VALUES (1, 'on', 1), (1, 'off', 2)",
        ] + (isPostgres ? ["CREATE SEQUENCE numbers"] : [])
    }
}
