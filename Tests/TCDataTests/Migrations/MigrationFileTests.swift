import TCCore
import TCStore
import Testing

@testable import TCData

@Suite struct MigrationFileTests {
    private func read(
        _ files: (String, String)..., dialect: SQLDialect = .sqlite
    ) throws
        -> [MigrationFile]
    {
        try MigrationFile.read(files.map { (name: $0.0, text: $0.1) }, dialect: dialect)
    }

    @Test func `files become steps in the order of their numbers`() throws {
        let found = try read(
            ("0002_b.sql", "CREATE TABLE b (x TEXT); -- two\nCREATE INDEX i ON b (x);"),
            ("README", "not SQL ("), ("01_a.sql", "CREATE TABLE a (x TEXT DEFAULT ';')"))
        #expect(found.map(\.name) == ["01_a.sql", "0002_b.sql"])
        #expect(found.map(\.migration.version) == [1, 2])
        #expect(found[0].migration.sql == ["CREATE TABLE a (x TEXT DEFAULT ';')"])
        #expect(found[1].migration.sql == ["CREATE TABLE b (x TEXT)", "CREATE INDEX i ON b (x)"])
    }

    @Test func `the body of a trigger and a quoted body stay whole`() throws {
        let trigger =
            "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET x = 1; DELETE FROM b; END"
        #expect(
            try read(("1_a.sql", "\(trigger);\nDROP TABLE c"))[0].migration.sql
                == [trigger, "DROP TABLE c"])
        let function = "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$"
        #expect(
            try read(("1_a.sql", "\(function); DROP TABLE c;"), dialect: .postgres)[0].migration.sql
                == [function, "DROP TABLE c"])
    }

    @Test(arguments: [
        (
            [("a.sql", "SELECT 1")],
            "a migration must be named NUMBER_WHAT.sql, such as 0001_vehicles.sql, got 'a.sql'"
        ),
        (
            [("2_a.sql", "SELECT 1")],
            "'2_a.sql' has number 2 where 1 is expected: migrations are numbered 1, 2, 3 … without gaps"
        ),
        (
            [("1_a.sql", "SELECT 1"), ("01_b.sql", "SELECT 1")],
            "'1_a.sql' has number 1 where 2 is expected: migrations are numbered 1, 2, 3 … without gaps"
        ),
        ([("1_a.sql", " -- nothing\n;;")], "'1_a.sql' has no statement"),
    ])
    func `what is no list of steps is refused`(files: [(String, String)], message: String) {
        #expect(throws: TCError(.badInput, message)) {
            try MigrationFile.read(files.map { (name: $0.0, text: $0.1) }, dialect: .sqlite)
        }
    }

    @Test(arguments: DataEngine.present)
    func `an edit of what was applied is found`(engine: DataEngine) async throws {
        try await DataBed.with(engine) { database in
            let first = try read(
                ("1_a.sql", "CREATE TABLE a (x TEXT)"), dialect: database.dialect)
            #expect(
                try await Migrations.apply(
                    first.map(\.migration), to: database, at: Seams.machine.now()) == 1)
            let edited = try read(
                ("1_a.sql", "CREATE TABLE a (x BIGINT)"), ("2_b.sql", "DROP TABLE a"),
                dialect: database.dialect)
            await #expect(throws: TCError.self) {
                try await Migrations.apply(
                    edited.map(\.migration), to: database, at: Seams.machine.now())
            }
            #expect(try await database.query("SELECT count(*) FROM a", []) { _ in 1 } == [1])
        }
    }
}
