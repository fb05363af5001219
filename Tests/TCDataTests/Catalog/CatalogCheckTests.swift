import TCCore
import TCStore
import TCWire
import Testing

@testable import TCData

@Suite struct CatalogCheckTests {
    private func faults(
        _ catalog: String, _ engine: DataEngine
    ) async throws -> [CatalogFault] {
        var found: [CatalogFault] = []
        try await DataBed.with(engine, ServiceBed.tables) { database in
            let reader = CatalogReader(try YAMLReader.parse(Array(catalog.utf8)))
            #expect(reader.faults == [])
            found = try await CatalogCheck.faults(of: reader.catalog, on: database)
            // Nothing was run.
            let rows = try await database.query("SELECT count(*) FROM cars", []) {
                try $0.integer(0)
            }
            #expect(rows == [0])
        }
        return found
    }

    @Test(arguments: DataEngine.present)
    func `a sound catalogue has no fault`(engine: DataEngine) async throws {
        #expect(try await faults(ServiceBed.catalog, engine) == [])
    }

    static let unsound: [(String, String, String)] = [
        ("tables:\n  boats: {columns: {id: text}, key: id}", "tables.boats", "boats"),
        (
            "tables:\n  cars: {columns: {id: text, wheels: integer}, key: id}", "tables.cars",
            "wheels"
        ),
        // Nothing makes the owner the only one.
        (
            "tables:\n  cars: {columns: {id: text, owner: text}, key: owner}", "tables.cars",
            "ON CONFLICT"
        ),
        ("queries:\n  q: {sql: SELEC id FROM cars}", "queries.q", "SELECT, WITH, VALUES or TABLE"),
        ("queries:\n  q: {sql: SELECT wheels FROM cars}", "queries.q", "wheels"),
        ("queries:\n  q: {sql: 'SELECT id FROM cars', keyset: [nope]}", "queries.q", "nope"),
        (
            "queries:\n  q: {sql: 'SELECT id FROM cars WHERE id = :id'}", "queries.q",
            "uses :id, not declared"
        ),
        (
            "queries:\n  q: {sql: SELECT id FROM cars, params: {id: text}}", "queries.q",
            ":id declared, not used"
        ),
        ("queries:\n  q: {sql: DELETE FROM cars}", "queries.q", "must begin with SELECT"),
        (
            "queries:\n  q: {sql: SELECT id FROM cars, tables: [log]}", "queries.q",
            "'tables' lacks 'cars'"
        ),
        ("queries:\n  q: {sql: SELECT 'open}", "queries.q", "no end"),
        (
            "queries:\n  q: {sql: SELECT id FROM old_cars, cache: 5s}", "queries.q",
            "'old_cars' is a view"
        ),
        ("statements:\n  s: {sql: DELETE FROM boats}", "statements.s", "boats"),
        (
            "statements:\n  s: {sql: DELETE FROM cars, tables: [log]}", "statements.s",
            "'tables' lacks 'cars'"
        ),
    ]

    @Test(arguments: DataEngine.present, CatalogCheckTests.unsound)
    func `each fault is found`(
        engine: DataEngine, unsound: (catalog: String, entry: String, said: String)
    ) async throws {
        let faults = try await faults(unsound.catalog, engine)
        #expect(
            faults.contains {
                $0.line == 2 && $0.entry == unsound.entry && $0.message.contains(unsound.said)
            }, "\(unsound.catalog): \(faults)")
    }
}
