import TCCore
import TCStore
import TCWire
import Testing

@testable import TCData

@Suite struct DataWritingTests {
    @Test(arguments: DataEngine.present)
    func `each operation says what came of it`(engine: DataEngine) async throws {
        try await ServiceBed.with(engine) { bed in
            let cars = try bed.service.catalog.table("cars")
            func apply(_ operation: CatalogTable.Operation, _ row: String) async throws -> String {
                let outcome = try await bed.service.apply(.row(operation, cars, object(row)))
                #expect((outcome.lsn != nil) == (engine == .postgres && !outcome.isNegative))
                return outcome.status
            }
            let row = #"{"id":"a","owner":"u","name":"Ann","made_ms":1}"#
            #expect(try await apply(.insert, row) == "inserted")
            #expect(try await apply(.insert, row) == "exists")
            #expect(
                try await apply(.insert, #"{"id":"b","owner":"u","name":"Ann","made_ms":1}"#)
                    == "exists")
            #expect(try await apply(.upsert, #"{"id":"a","owner":"v","made_ms":2}"#) == "upserted")
            #expect(try await apply(.upsert, #"{"id":"b","owner":"v","made_ms":2}"#) == "upserted")
            #expect(try await apply(.update, #"{"id":"a","soc":50,"name":null}"#) == "updated")
            #expect(try await apply(.update, #"{"id":"z","soc":50}"#) == "not_found")
            #expect(try await apply(.delete, #"{"id":"b","owner":"v"}"#) == "deleted")
            #expect(try await apply(.delete, #"{"id":"b"}"#) == "not_found")
            #expect(
                try await bed.service.list(cars, ListRequest(), ReadOptions()).text
                    == #"{"id":"a","owner":"v","name":null,"soc":50,"made_ms":"1970-01-01T00:00:00.002Z"}"#
                    + "\n")
            let outcome = try await bed.service.apply(
                .statement(
                    bed.service.catalog.statement("charge"), object(#"{"owner":"v","soc":80}"#)))
            #expect(outcome.status == "done" && outcome.changes == 1)
        }
    }

    @Test(arguments: DataEngine.present)
    func `a batch happens whole or not at all`(engine: DataEngine) async throws {
        try await ServiceBed.with(engine) { bed in
            let cars = try bed.service.catalog.table("cars")
            func rows(_ texts: String...) throws -> [DataChange] {
                try texts.map { .row(.insert, cars, try object($0)) }
            }
            let outcomes = try await bed.service.apply(
                rows(
                    #"{"id":"a","owner":"u","made_ms":1}"#, #"{"id":"b","owner":"u","made_ms":1}"#)
            )
            #expect(outcomes.map(\.result) == [.inserted, .inserted])
            for (batch, index) in [
                (
                    try rows(
                        #"{"id":"c","owner":"u","made_ms":1}"#,
                        #"{"id":"a","owner":"u","made_ms":1}"#), 1
                ),
                (try rows(#"{"id":"c","owner":"u","made_ms":1}"#, #"{"id":"d","made_ms":1}"#), 1),
                (
                    try rows(
                        #"{"id":"c","owner":7,"made_ms":1}"#, #"{"id":"d","owner":"u","made_ms":1}"#
                    ), 0
                ),
            ] {
                do {
                    _ = try await bed.service.apply(batch)
                    Issue.record("the batch was taken")
                } catch let refusal as RefusedChange {
                    #expect(refusal.index == index)
                }
            }
            #expect(
                Set(try await bed.service.list(cars, ListRequest(), ReadOptions()).ids)
                    == ["a", "b"])
        }
    }

    @Test(arguments: DataEngine.present)
    func `what the catalogue does not open stays shut`(engine: DataEngine) async throws {
        try await ServiceBed.with(engine) { bed in
            let log = try bed.service.catalog.table("log")
            let row = try object(#"{"id":1,"text":"x"}"#)
            #expect(try await bed.service.apply(.row(.insert, log, row)).result == .inserted)
            await #expect(throws: TCError.self) {
                try await bed.service.apply(.row(.delete, log, row))
            }
        }
    }

    @Test(arguments: [
        (CatalogTable.Operation.insert, "{}", "a row of 'cars' must have a column at least"),
        (.insert, #"{"id":"a","colour":"red"}"#, "table 'cars' has no column 'colour'"),
        (.insert, #"{"id":"a","owner":null}"#, "'owner' must be text, got null"),
        (.update, #"{"soc":1}"#, "'id', of the key of 'cars', is missing"),
        (.update, #"{"id":"a"}"#, "nothing of 'cars' is to change beside its key"),
        (.upsert, #"{"owner":"u"}"#, "'id', of the key of 'cars', is missing"),
        (.delete, #"{"id":1}"#, "'id' must be text, got a number"),
    ])
    func `a row that cannot be meant is refused`(
        operation: CatalogTable.Operation, row: String, message: String
    ) async throws {
        try await ServiceBed.with(.sqlite) { bed in
            let change = DataChange.row(
                operation, try bed.service.catalog.table("cars"), try object(row))
            do {
                _ = try await bed.service.apply(change)
                Issue.record("it was taken")
            } catch let error as TCError {
                #expect(error.kind == .badInput && error.message == message)
            }
        }
    }
}
