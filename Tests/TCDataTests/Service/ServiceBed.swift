import TCCore
import TCStore
import TCWire
import Testing

@testable import TCData

/// A service on a small fleet.
struct ServiceBed {
    let service: DataService
    let database: any Database

    static let tables = [
        """
        CREATE TABLE cars (
            id TEXT NOT NULL, owner TEXT NOT NULL, name TEXT, soc DOUBLE PRECISION,
            made_ms BIGINT NOT NULL, CONSTRAINT cars_pkey PRIMARY KEY (id))
        """,
        "CREATE UNIQUE INDEX cars_name_key ON cars (name)",
        "CREATE INDEX cars_made ON cars (made_ms DESC, id)",
        "CREATE TABLE log (id BIGINT PRIMARY KEY, text TEXT NOT NULL)",
        "CREATE VIEW old_cars AS SELECT * FROM cars WHERE made_ms < 1000",
    ]

    static let catalog = """
        tables:
          cars:
            columns: {id: text, owner: text, name: text?, soc: real?, made_ms: time}
            key: id
            order: [-made_ms]
            write: [operator]
          log:
            columns: {id: integer, text: text}
            key: id
            operations: [insert]
        queries:
          cars_of:
            sql: "SELECT id, name, soc FROM cars WHERE owner = :owner;  -- theirs"
            params: {owner: text}
            keyset: [-id]
          count_cars:
            sql: SELECT count(*) AS cars FROM cars
          all_cars:
            sql: SELECT * FROM cars
          named:
            sql: SELECT id FROM cars WHERE name = :name OR (:name IS NULL AND name IS NULL)
            params: {name: text?}
            keyset: [id]
        statements:
          charge:
            sql: UPDATE cars SET soc = :soc WHERE owner = :owner
            params: {soc: real, owner: text}
        """

    /// - Parameters:
    ///   - text: the catalogue.
    ///   - cache: what was read; nil to keep nothing.
    static func with(
        _ engine: DataEngine, catalog text: String = catalog, cache: ReadCache? = nil,
        _ body: (ServiceBed) async throws -> Void
    ) async throws {
        try await DataBed.with(engine, tables) { database in
            let reader = CatalogReader(try YAMLReader.parse(Array(text.utf8)))
            #expect(reader.faults == [])
            let service = try DataService(
                catalog: reader.catalog, cluster: SingleDatabase(database),
                cursors: PageCursors(key: Array(repeating: 1, count: 32)), cache: cache,
                maxLag: .milliseconds(500))
            try await body(ServiceBed(service: service, database: database))
        }
    }

    func insert(_ rows: String...) async throws {
        for row in rows {
            let outcome = try await service.apply(
                .row(.insert, service.catalog.table("cars"), object(row)))
            #expect(outcome.result == .inserted)
        }
    }
}

/// A JSON object.
func object(_ text: String) throws -> JSONObject { try #require(JSONReader.parse(text).object) }

extension DataPage {
    /// The ids of its rows.
    var ids: [String] {
        get throws { try objects.map { try #require($0["id"]?.string) } }
    }

    var objects: [JSONObject] {
        get throws {
            try lines.split(separator: 0x0A).map {
                try #require(JSONReader.parse(Array($0)).object)
            }
        }
    }

    var text: String { String(decoding: lines, as: UTF8.self) }
}
