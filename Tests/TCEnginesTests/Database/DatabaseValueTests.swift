import TCCore
import TCStore
import Testing

@testable import TCEngines

/// What is stored, and what comes back.
struct DatabaseValueTests {
    @Test(.enabled(if: DatabaseEngine.serverURL != nil, DatabaseEngine.absence))
    func postgresTakesPart() { #expect(DatabaseEngine.present.contains(.postgres)) }

    @Test(arguments: DatabaseEngine.present)
    func valuesComeBackAsTheyWereStored(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(
            with: "CREATE TABLE v (i BIGINT, r DOUBLE PRECISION, t TEXT, b BYTEA)")
        let rows: [[SQLValue]] = [
            [
                .integer(.max), .real(.greatestFiniteMagnitude), "größer 👩‍👩‍👧 ' \" \\ $1",
                .bytes([0, 1, 0, 255]),
            ],
            [.integer(.min), .real(.leastNonzeroMagnitude), "", .bytes([])],
            [
                0, .real(-0.1), .text(String(repeating: "é", count: 100_000)),
                .bytes(Array(0...255)),
            ],
            [-1, .real(.infinity), "\u{FFFD}\u{10FFFF}\r\n\t", .bytes([92, 120])],
            [nil, nil, nil, nil],
        ]
        try await database.write {
            try $0.execute("INSERT INTO v VALUES ($1, $2, $3, $4)", batch: rows)
        }
        for row in rows.dropLast() {
            let found = try await database.query(
                "SELECT i, r, t, b FROM v WHERE i = $1 AND r = $2 AND t = $3 AND b = $4", row
            ) { found in try (0..<4).map { try found.value($0) } }
            #expect(found == [row])
        }
        let nulls = try await database.query("SELECT i, r, t, b FROM v WHERE i IS NULL", []) {
            try (
                $0.optionalInteger(0), $0.optionalReal(1), $0.optionalText(2), $0.optionalBytes(3)
            )
        }
        #expect(nulls.count == 1 && nulls[0] == (nil, nil, nil, nil))
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func everyRealNumberIsExact(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(with: "CREATE TABLE v (n BIGINT, r DOUBLE PRECISION)")
        var random = SplitMix(seed: 7)
        let numbers = (0..<500).map { _ in Double(bitPattern: random.next()) }.filter { !$0.isNaN }
        try await database.write {
            try $0.execute(
                "INSERT INTO v VALUES ($1, $2)",
                batch: numbers.enumerated().map { [.integer(Int64($0)), .real($1)] })
        }
        let found = try await database.query("SELECT r FROM v ORDER BY n", []) { try $0.real(0) }
        #expect(found.map(\.bitPattern) == numbers.map(\.bitPattern))
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func whatOneEngineCannotStoreIsRefusedByAll(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(with: "CREATE TABLE v (r DOUBLE PRECISION, t TEXT)")
        await #expect(throws: TCError(.badInput, "parameter 2 must not contain a NUL character")) {
            try await database.execute("INSERT INTO v VALUES ($1, $2)", [.real(1), "a\0b"])
        }
        await #expect(throws: TCError(.badInput, "parameter 1 must be a number, got NaN")) {
            try await database.execute("INSERT INTO v VALUES ($1, $2)", [.real(.nan), "a"])
        }
        #expect(try await database.integer("SELECT count(*) FROM v") == 0)
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func computedColumnsHaveTheSameTypesEverywhere(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(
            with: "CREATE TABLE v (n BIGINT)",
            "INSERT INTO v VALUES (4611686018427387903), (4611686018427387903), (1)")
        let row = try await database.query(
            """
            SELECT sum(n), count(*), max(n) > 5, min(n) = 2, -sum(n), 10000 * sum(1),
                CAST(avg(n) AS DOUBLE PRECISION) > 0 FROM v
            """, []
        ) { row in try (0..<row.columnCount).map { try row.value($0) } }
        #expect(row == [[.integer(.max), 3, 1, 0, .integer(-.max), 30000, 1]])
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func aValueOfAnotherTypeIsToldByItsColumn(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(
            with: "CREATE TABLE v (name TEXT, n BIGINT)", "INSERT INTO v VALUES ('x', NULL)")
        await #expect(
            throws: TCError(.bug, "column 0 ('name') must be an integer but is text")
        ) { try await database.query("SELECT name FROM v", []) { try $0.integer(0) } }
        await #expect(throws: TCError(.bug, "column 1 ('n') must be an integer but is null")) {
            try await database.query("SELECT name, n FROM v", []) { try $0.integer(1) }
        }
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func parametersGoByTheirNumber(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(
            with: "CREATE TABLE v (a BIGINT, b BIGINT, c TEXT)")
        try await database.execute(
            "INSERT INTO v (c, b, a) VALUES ($3, $2, $1)", [1, 2, "three"])
        #expect(
            try await database.integer(
                "SELECT count(*) FROM v WHERE b = $2 AND a = $1 AND b > $1 AND c = $3",
                [1, 2, "three"]) == 1)
        for wrong: [SQLValue] in [[], [1, 2]] {
            #expect(
                await kind { try await database.integer("SELECT a FROM v WHERE a = $1", wrong) }
                    == .bug)
        }
        await database.close()
    }
}

/// Random numbers that a seed repeats (SplitMix64).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
