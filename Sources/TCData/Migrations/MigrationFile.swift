import TCCore
import TCStore

/// A step of a schema as a file: `0003_add_colour.sql`.
public struct MigrationFile: Sendable, Equatable {
    /// The family under which the database keeps account of these steps.
    public static let family = "data"
    /// Files of one folder.
    public static let mostFiles = 10_000

    public let name: String
    public let migration: Migration

    /// The steps in order, of all files of a folder; those that do not end in `.sql` are not looked
    /// at.
    ///
    /// - Throws: `bad_input` for a name without a number, numbers with a gap or twice, and a text
    ///   that cannot be cut into statements or has none.
    public static func read(
        _ files: [(name: String, text: String)], dialect: SQLDialect
    ) throws(TCError) -> [MigrationFile] {
        var numbered: [(number: Int, name: String, text: String)] = []
        for file in files where file.name.hasSuffix(".sql") {
            let digits = file.name.prefix { $0.isASCII && $0.isNumber }
            guard let number = Int(digits), file.name.dropFirst(digits.count).first == "_" else {
                throw TCError(
                    .badInput,
                    "a migration must be named NUMBER_WHAT.sql, such as 0001_vehicles.sql, got "
                        + "'\(file.name)'")
            }
            numbered.append((number, file.name, file.text))
        }
        guard numbered.count <= mostFiles else {
            throw TCError(
                .badInput, "\(numbered.count) migrations; at most \(mostFiles) are taken")
        }
        numbered.sort { ($0.number, $0.name) < ($1.number, $1.name) }
        var migrations: [MigrationFile] = []
        for (index, file) in numbered.enumerated() {
            guard file.number == index + 1 else {
                throw TCError(
                    .badInput,
                    "'\(file.name)' has number \(file.number) where \(index + 1) is expected: "
                        + "migrations are numbered 1, 2, 3 … without gaps")
            }
            let statements: [String]
            do {
                statements = try StatementList.split(file.text, dialect: dialect)
            } catch {
                throw TCError(.badInput, "'\(file.name)', \(error)")
            }
            guard !statements.isEmpty else {
                throw TCError(.badInput, "'\(file.name)' has no statement")
            }
            migrations.append(
                MigrationFile(
                    name: file.name,
                    migration: Migration(family: family, version: file.number, sql: statements)))
        }
        return migrations
    }
}

/// Cuts a text into its statements.
enum StatementList {
    /// The statements without the semicolons that end them; comments between them are left out.
    ///
    /// A semicolon inside a string, in brackets or in the body of a trigger ends nothing.
    static func split(
        _ text: String, dialect: SQLDialect
    ) throws(SQLSyntaxError) -> [String] {
        let scanned = try SQLScanner.scan(text, dialect: dialect)
        var statements: [String] = []
        var first: Int?
        for index in scanned.tokens.indices {
            guard scanned.isSymbol(index, ";") else {
                first = first ?? index
                continue
            }
            guard let start = first else { continue }
            if isTrigger(scanned, from: start), !scanned.isWord(index - 1, "END") { continue }
            statements.append(statement(scanned, start, index - 1))
            first = nil
        }
        if let start = first {
            statements.append(statement(scanned, start, scanned.tokens.count - 1))
        }
        return statements
    }

    private static func statement(_ scanned: ScannedSQL, _ first: Int, _ last: Int) -> String {
        let (start, end) = (scanned.tokens[first].range, scanned.tokens[last].range)
        return scanned.text(start.lowerBound..<end.upperBound)
    }

    /// Whether the statement that begins at a token makes a trigger with a body of statements, as
    /// SQLite has them.
    private static func isTrigger(_ scanned: ScannedSQL, from start: Int) -> Bool {
        guard scanned.dialect == .sqlite, scanned.isWord(start, "CREATE") else { return false }
        return scanned.isWord(start + 1, "TRIGGER")
            || ["TEMP", "TEMPORARY"].contains(scanned.word(start + 1))
                && scanned.isWord(start + 2, "TRIGGER")
    }
}
