import TCCore

/// Brings a database to the schema that this program was written for.
public enum Migrations {
    /// Applies what is missing, each migration in a transaction of its own, and says how many.
    ///
    /// Two starters at once take turns. Where nothing is missing, nothing is locked or written. A
    /// migration that takes longer than the database's `statementTimeout` for one statement fails;
    /// it is applied through a database that was opened with more.
    ///
    /// - Parameter migrations: of any families, the versions of each 1, 2, 3 … in order.
    /// - Throws: kind `configuration` where the database has a newer schema, or a migration that was
    ///   applied has been edited since; then nothing was changed. What a migration itself throws
    ///   leaves those before it applied.
    @discardableResult
    public static func apply(
        _ migrations: [Migration], to database: any Database, at now: Instant
    ) async throws -> Int {
        if try await !database.read(hasTables) { try await database.write(makeTables) }
        let missing = try await missing(migrations, in: database)
        var count = 0
        for migration in missing {
            let isApplied = try await database.write { connection in
                try lock(connection)
                try takeTurn(connection)
                guard try unapplied(migrations, connection).contains(migration) else {
                    return false
                }
                for statement in migration.sql { try connection.execute(statement) }
                try connection.execute(
                    "INSERT INTO tc_migrations VALUES ($1, $2, $3, $4)",
                    [
                        .text(migration.family), .integer(Int64(migration.version)),
                        .text(migration.checksum), .integer(now.milliseconds),
                    ])
                return true
            }
            if isApplied { count += 1 }
        }
        return count
    }

    /// The migrations that `apply` would apply, in their order; nothing is changed.
    ///
    /// - Throws: kind `configuration` as `apply`.
    public static func missing(
        _ migrations: [Migration], in database: any Database
    ) async throws -> [Migration] {
        checkOrder(migrations)
        return try await database.read {
            try hasTables($0) ? unapplied(migrations, $0) : migrations
        }
    }

    @Sendable
    private static func hasTables(_ connection: any SQLConnection) throws -> Bool {
        let sql =
            switch connection.dialect {
            case .sqlite: "SELECT count(*) FROM sqlite_schema WHERE name = 'tc_migrations_turn'"
            case .postgres: "SELECT count(to_regclass('tc_migrations_turn'))"
            }
        return try connection.first(sql, []) { try $0.integer(0) } == 1
    }

    @Sendable
    private static func makeTables(_ connection: any SQLConnection) throws {
        try lock(connection)
        try connection.execute(
            """
            CREATE TABLE IF NOT EXISTS tc_migrations (
                family TEXT NOT NULL, version BIGINT NOT NULL, checksum TEXT NOT NULL,
                applied_ms BIGINT NOT NULL, PRIMARY KEY (family, version))
            """)
        try connection.execute(
            """
            CREATE TABLE IF NOT EXISTS tc_migrations_turn (
                id BIGINT PRIMARY KEY, turn BIGINT NOT NULL)
            """)
    }

    private static func checkOrder(_ migrations: [Migration]) {
        var last: [String: Int] = [:]
        for migration in migrations {
            precondition(
                migration.version == last[migration.family, default: 0] + 1,
                "migration \(migration.version) of '\(migration.family)' is out of order")
            last[migration.family] = migration.version
        }
    }

    /// Waits for another starter. `CREATE TABLE IF NOT EXISTS` alone fails on PostgreSQL when two
    /// do it at the same moment; on SQLite the transaction itself is the lock.
    private static func lock(_ connection: any SQLConnection) throws {
        guard connection.dialect == .postgres else { return }
        // "tc migr" as a number.
        _ = try connection.query("SELECT pg_advisory_xact_lock($1)", [0x7463_206D_6967_72]) { _ in }
    }

    /// Makes two starters collide.
    ///
    /// Whoever waited for the lock still sees the database as it was before. Writing a row that the
    /// other has written meanwhile is what makes `write` begin anew, with a fresh view.
    private static func takeTurn(_ connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO tc_migrations_turn VALUES (1, 1)
            ON CONFLICT (id) DO UPDATE SET turn = tc_migrations_turn.turn + 1
            """)
    }

    /// The migrations that are missing, after the applied ones were found to be ours.
    private static func unapplied(
        _ migrations: [Migration], _ connection: any SQLConnection
    ) throws -> [Migration] {
        let rows = try connection.query("SELECT family, version, checksum FROM tc_migrations") {
            (family: try $0.text(0), version: Int(try $0.integer(1)), checksum: try $0.text(2))
        }
        var missing = migrations
        for row in rows {
            guard let newest = migrations.last(where: { $0.family == row.family }) else {
                // Of a family that this program does not use.
                continue
            }
            guard row.version <= newest.version else {
                throw TCError(
                    .configuration,
                    "the schema of '\(row.family)' has version \(row.version), and this program "
                        + "knows it up to \(newest.version)",
                    hint: "use the newer release of tc that made it")
            }
            guard
                let place = missing.firstIndex(where: {
                    $0.family == row.family && $0.version == row.version
                }), missing[place].checksum == row.checksum
            else {
                throw TCError(
                    .configuration,
                    "migration \(row.version) of '\(row.family)' is not the one that was applied",
                    hint: "a migration must not be edited; write a further one")
            }
            missing.remove(at: place)
        }
        return missing
    }
}
