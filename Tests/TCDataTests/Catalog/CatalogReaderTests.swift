import TCCore
import TCWire
import Testing

@testable import TCData

@Suite struct CatalogReaderTests {
    static let example = """
        tables:
          vehicles:
            table: fleet.vehicles
            columns: {id: text, owner: text, name: text?, made_at: time, soc_pct: real?}
            key: id
            order: [-made_at]
            read: [driver, operator]
            write: operator
            operations: [insert, update]
            cache: 30s
            max_lag: 250ms
        queries:
          vehicles_by_owner:
            sql: SELECT id, name FROM vehicles WHERE owner = :owner
            params: {owner: text}
            keyset: [id]
            tables: [vehicles]
        statements:
          rename_vehicle:
            sql: UPDATE vehicles SET name = :name WHERE id = :id
            params: {id: text, name: text?}
            write: [operator]
        """

    private func read(_ text: String) throws -> CatalogReader {
        CatalogReader(try YAMLReader.parse(Array(text.utf8)))
    }

    @Test func `reads what a catalogue says`() throws {
        let reader = try read(CatalogReaderTests.example)
        #expect(reader.faults == [])
        let table = try reader.catalog.table("vehicles")
        #expect(table.place == ["fleet", "vehicles"])
        #expect(table.sqlName == #""fleet"."vehicles""#)
        #expect(table.key == ["id"])
        #expect(table.order == KeysetOrder([.init("made_at", isDescending: true), .init("id")]))
        #expect(table.columns.map(\.isNullable) == [false, false, true, false, true])
        #expect(
            table.reading
                == ReadTerms(
                    roles: ["driver", "operator"], cache: .seconds(30), maxLag: .milliseconds(250)))
        #expect(table.writers == ["operator"])
        #expect(table.operations == [.insert, .update])
        let query = try reader.catalog.query("vehicles_by_owner")
        #expect(query.parameters.map(\.name) == ["owner"])
        #expect(query.order == KeysetOrder([.init("id")]))
        #expect(query.line == 13)
        #expect(try reader.catalog.statement("rename_vehicle").writers == ["operator"])
    }

    @Test func `an unknown name says what was probably meant`() throws {
        let catalog = try read(CatalogReaderTests.example).catalog
        #expect(
            throws: TCError(
                .badInput, "the catalogue has no query 'vehicles_by_owners'",
                hint: "did you mean 'vehicles_by_owner'?")
        ) { try catalog.query("vehicles_by_owners") }
    }

    @Test(arguments: [
        ("[]", 1, "the catalogue must be a mapping, got an array"),
        ("views: {}", 1, "'views' is unknown; there are tables, queries and statements"),
        ("queries:\n  a:\n    sql: ''", 3, "'sql' must be a statement"),
        ("queries:\n  a: {}", 2, "'sql' must be a statement"),
        (
            "queries:\n  a-b: {sql: SELECT 1}", 2,
            "'a-b' is no name: expected letters, digits and '_', at most 63, no digit first"
        ),
        (
            "queries:\n  a:\n    sql: SELECT 1\n    parms: {}", 4,
            "'parms' is unknown; did you mean 'params'?"
        ),
        (
            "queries:\n  a:\n    sql: SELECT 1\n    params: {x: string}", 4,
            "'string' is no type; there are text, integer, real, boolean, bytes, time, json, "
                + "with '?' where null may stand"
        ),
        (
            "queries:\n  a:\n    sql: SELECT 1\n    cache: soon", 4,
            "must be a duration such as 500ms or 15m"
        ),
        (
            "queries:\n  a:\n    sql: SELECT 1\n    keyset: []", 4,
            "must name columns, '-' before a column for the highest first"
        ),
        (
            "tables:\n  t:\n    key: id\n    columns: {x: text}", 2,
            "'id' of the key or the order is no column"
        ),
        (
            "tables:\n  t:\n    key: id\n    columns: {id: text?}", 2,
            "'id' of the key or the order may be null"
        ),
        ("tables:\n  t:\n    columns: {id: text}", 2, "'key' is missing"),
        (
            "tables:\n  t:\n    key: id\n    table: a.b.c\n    columns: {id: text}", 2,
            "'table' must be NAME or SCHEMA.NAME"
        ),
        (
            "tables:\n  t:\n    key: id\n    columns: {id: text}\n    operations: [drop]", 5,
            "'drop' is no operation; there are insert, upsert, update and delete"
        ),
        (
            "tables:\n  t:\n    key: {}\n    columns: {id: text}", 3,
            "must be a name or a list of names, got an object"
        ),
    ])
    func `each fault is told with its line`(text: String, line: Int, message: String) throws {
        let faults = try read(text).faults
        #expect(faults.contains { $0.line == line && $0.message == message }, "\(faults)")
    }

    @Test func `all faults are told, and what is sound is read`() throws {
        let reader = try read(
            """
            queries:
              good: {sql: SELECT 1}
              bad: {sql: SELECT 1, cache: soon, keyset: {}}
            """)
        #expect(reader.faults.count == 3)
        #expect(reader.catalog.queries.map(\.name) == ["good", "bad"])
    }
}
