import TCCore
import TCStore
import Testing

@testable import TCEngines

/// The schema grows step by step, once, whoever starts.
struct MigrationTests {
    private let now = Instant(milliseconds: 1_800_000_000_000)
    private let first = Migration(
        family: "auth", version: 1,
        sql: ["CREATE TABLE users (id TEXT PRIMARY KEY)", "CREATE INDEX users_by ON users (id)"])
    private let second = Migration(
        family: "auth", version: 2, sql: ["ALTER TABLE users ADD COLUMN age BIGINT"])
    private let other = Migration(
        family: "pay", version: 1, sql: ["CREATE TABLE charges (id TEXT PRIMARY KEY)"])

    @Test(arguments: DatabaseEngine.present)
    func whatIsMissingIsAppliedOnce(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try bed.open()
        #expect(try await Migrations.apply([first], to: database, at: now) == 1)
        #expect(try await Migrations.apply([other, first, second], to: database, at: now) == 2)
        #expect(try await Migrations.apply([first, second, other], to: database, at: now) == 0)
        // A program that uses fewer families finds nothing wrong.
        #expect(try await Migrations.apply([other], to: database, at: now) == 0)
        try await database.execute("INSERT INTO users (id, age) VALUES ('u', 1)")
        let rows = try await database.query(
            "SELECT family, version, applied_ms FROM tc_migrations ORDER BY family, version", []
        ) { try "\($0.text(0)) \($0.integer(1)) \($0.integer(2))" }
        #expect(
            rows
                == ["auth", "auth", "pay"].enumerated().map {
                    "\($1) \($0 == 1 ? 2 : 1) 1800000000000"
                })
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func startersAtOnceApplyEachStepOnce(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let databases = try (0..<4).map { _ in try bed.open { $0.attempts = 100 } }
        let steps =
            [first, second]
            + (3...6).map {
                Migration(family: "auth", version: $0, sql: ["CREATE TABLE t\($0) (n BIGINT)"])
            }
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for database in databases {
                group.addTask { try await Migrations.apply(steps, to: database, at: now) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts.reduce(0, +) == 6)
        #expect(try await databases[0].integer("SELECT count(*) FROM tc_migrations") == 6)
        for database in databases { await database.close() }
    }

    @Test(arguments: DatabaseEngine.present)
    func aNewerSchemaIsRefused(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try bed.open()
        try await Migrations.apply([first, second], to: database, at: now)
        let error = await #expect(throws: TCError.self) {
            try await Migrations.apply([other, first], to: database, at: now)
        }
        #expect(error?.kind == .configuration)
        #expect(
            error?.message
                == "the schema of 'auth' has version 2, and this program knows it up to 1")
        #expect(try await database.integer("SELECT count(*) FROM tc_migrations") == 2)
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func anEditedMigrationIsRefused(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try bed.open()
        try await Migrations.apply([first], to: database, at: now)
        let edited = Migration(family: "auth", version: 1, sql: first.sql.dropLast() + ["SELECT 1"])
        let error = await #expect(throws: TCError.self) {
            try await Migrations.apply([edited, second], to: database, at: now)
        }
        #expect(error?.kind == .configuration)
        #expect(error?.message == "migration 1 of 'auth' is not the one that was applied")
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func aMigrationThatFailsLeavesNothingOfItself(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try bed.open()
        let broken = Migration(
            family: "auth", version: 2, sql: ["CREATE TABLE half (n BIGINT)", "CREATE NONSENSE"])
        #expect(
            await kind { try await Migrations.apply([first, broken], to: database, at: now) }
                == .bug)
        #expect(try await database.integer("SELECT count(*) FROM tc_migrations") == 1)
        #expect(await kind { try await database.integer("SELECT count(*) FROM half") } == .bug)
        #expect(try await Migrations.apply([first, second], to: database, at: now) == 1)
        await database.close()
    }
}
