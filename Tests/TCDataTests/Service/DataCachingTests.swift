import TCCore
import TCStore
import TCWire
import Testing

@testable import TCData

@Suite struct DataCachingTests {
    static let catalog = """
        tables:
          cars:
            columns: {id: text, owner: text, name: text?, soc: real?, made_ms: time}
            key: id
            cache: 60s
        queries:
          cars_of:
            sql: SELECT id FROM cars WHERE owner = :owner
            params: {owner: text}
            keyset: [id]
            cache: 60s
          fresh_cars: {sql: "SELECT id FROM cars ORDER BY id"}
        statements:
          charge:
            sql: UPDATE cars SET soc = :soc WHERE id = :id
            params: {soc: real, id: text}
        """

    private func with(
        _ engine: DataEngine, _ body: (ServiceBed) async throws -> Void
    ) async throws {
        try await ServiceBed.with(
            engine, catalog: DataCachingTests.catalog,
            cache: ReadCache(shared: nil, seams: .machine), body)
    }

    @Test(arguments: DataEngine.present)
    func `an answer is kept until something that it depends on changes`(
        engine: DataEngine
    ) async throws {
        try await with(engine) { bed in
            try await bed.insert(
                #"{"id":"a","owner":"u","made_ms":1}"#, #"{"id":"b","owner":"u","made_ms":1}"#)
            let service = bed.service
            let cars = try service.catalog.table("cars")
            func source(_ id: String) async throws -> String {
                var key = JSONObject()
                key["id"] = .string(id)
                return try await service.get(cars, key, ReadOptions()).source
            }
            func ofOwner(_ options: ReadOptions = ReadOptions()) async throws -> DataPage {
                try await service.query(
                    service.catalog.query("cars_of"), object(#"{"owner":"u"}"#), options)
            }
            #expect(try await source("a") == "primary")
            #expect(try await source("a") == "l1")
            #expect(try await source("b") == "primary")
            let first = try await ofOwner()
            let second = try await ofOwner()
            #expect(first.source == "primary" && first.age == nil)
            #expect(second.source == "l1" && second.age != nil)
            #expect(second.lines == first.lines && second.rows == 2)
            // One row changes: that row and the whole table are read again, no other row is.
            _ = try await service.apply(.row(.update, cars, object(#"{"id":"a","soc":5}"#)))
            #expect(try await source("a") == "primary")
            #expect(try await source("b") == "l1")
            #expect(try await ofOwner().source == "primary")
            // A statement changes rows that nobody knows.
            _ = try await service.apply(
                .statement(
                    service.catalog.statement("charge"), object(#"{"id":"b","soc":7}"#)))
            #expect(try await source("b") == "primary")
            // What must be so fresh, or have seen a position, is never a kept one.
            #expect(try await ofOwner().source == "primary")
            #expect(try await ofOwner(ReadOptions(maxLag: .zero)).source == "primary")
            let position = LSN(byteOffset: 1)
            #expect(try await ofOwner(ReadOptions(minLSN: position)).source == "primary")
            let query = try service.catalog.query("fresh_cars")
            for _ in 0..<2 {
                #expect(
                    try await service.query(query, JSONObject(), ReadOptions()).source == "primary")
            }
        }
    }

    @Test(arguments: DataEngine.present)
    func `kept pages go on where they went on`(engine: DataEngine) async throws {
        try await with(engine) { bed in
            for name in "abcde" {
                try await bed.insert(#"{"id":"\#(name)","owner":"u","made_ms":1}"#)
            }
            let query = try bed.service.catalog.query("cars_of")
            var rounds: [[String]] = []
            for round in 0..<2 {
                var options = ReadOptions(limit: 2)
                var ids: [String] = []
                repeat {
                    let page = try await bed.service.query(
                        query, object(#"{"owner":"u"}"#), options)
                    #expect(page.source == (round == 0 ? "primary" : "l1"))
                    ids += try page.ids
                    options.cursor = page.next
                } while options.cursor != nil
                rounds.append(ids)
            }
            #expect(rounds == [["a", "b", "c", "d", "e"], ["a", "b", "c", "d", "e"]])
        }
    }

    @Test(arguments: DataEngine.present)
    func `what was refused is not kept`(engine: DataEngine) async throws {
        try await with(engine) { bed in
            try await bed.insert(#"{"id":"a","owner":"u","made_ms":1}"#)
            let cars = try bed.service.catalog.table("cars")
            #expect(
                try await bed.service.apply(
                    .row(.insert, cars, object(#"{"id":"a","owner":"v","made_ms":1}"#))
                ).result == .exists)
            let page = try await bed.service.get(cars, object(#"{"id":"a"}"#), ReadOptions())
            #expect(page.source == "primary" && page.text.contains(#""owner":"u""#))
            #expect(
                try await bed.service.get(cars, object(#"{"id":"a"}"#), ReadOptions()).source
                    == "l1")
        }
    }
}
