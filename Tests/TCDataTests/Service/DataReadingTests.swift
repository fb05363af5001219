import TCCore
import TCStore
import TCWire
import Testing

@testable import TCData

@Suite struct DataReadingTests {
    @Test(arguments: DataEngine.present)
    func `lists, gets and asks`(engine: DataEngine) async throws {
        try await ServiceBed.with(engine) { bed in
            try await bed.insert(
                #"{"id":"b","owner":"u1","name":"Bee","made_ms":"2026-01-02T00:00:00Z"}"#,
                #"{"id":"a","owner":"u1","soc":41.5,"made_ms":1767312000000}"#,
                #"{"id":"c","owner":"u2","made_ms":"2026-01-03T00:00:00Z"}"#)
            let service = bed.service
            let cars = try service.catalog.table("cars")
            let all = try await service.list(cars, ListRequest(), ReadOptions())
            #expect(
                all.text == """
                    {"id":"c","owner":"u2","name":null,"soc":null,"made_ms":"2026-01-03T00:00:00.000Z"}
                    {"id":"a","owner":"u1","name":null,"soc":41.5,"made_ms":"2026-01-02T00:00:00.000Z"}
                    {"id":"b","owner":"u1","name":"Bee","soc":null,"made_ms":"2026-01-02T00:00:00.000Z"}

                    """)
            #expect(all.next == nil && all.source == "primary" && all.rows == 3)
            let one = try await service.get(cars, object(#"{"id":"a","x":1}"#), ReadOptions())
            #expect(try one.ids == ["a"])
            #expect(try await service.get(cars, object(#"{"id":"z"}"#), ReadOptions()).rows == 0)
            let theirs = try await service.query(
                service.catalog.query("cars_of"), object(#"{"owner":"u1"}"#), ReadOptions())
            #expect(theirs.text.hasPrefix(#"{"id":"b","name":"Bee","soc":null}"#))
            let count = try await service.query(
                service.catalog.query("count_cars"), JSONObject(), ReadOptions())
            #expect(count.text == "{\"cars\":3}\n")
            let nameless = try await service.query(
                service.catalog.query("named"), JSONObject(), ReadOptions())
            #expect(try nameless.ids == ["a", "c"])
            let free = try await service.read(
                sql: "SELECT id FROM cars WHERE soc > 40", ReadOptions())
            #expect(try free.ids == ["a"])
        }
    }

    @Test(arguments: DataEngine.present)
    func `pages meet every row once, whatever is inserted meanwhile`(
        engine: DataEngine
    ) async throws {
        try await ServiceBed.with(engine) { bed in
            var random = Seeded(7)
            func insert(_ name: Int) async throws {
                // Few moments, so that the key decides among many.
                let made = Int64.random(in: 0..<20, using: &random)
                try await bed.insert(
                    #"{"id":"car\#(name)","owner":"u\#(name % 2)","made_ms":\#(made)}"#)
            }
            for name in 0..<200 { try await insert(name) }
            let cars = try bed.service.catalog.table("cars")
            let orders: [KeysetOrder?] = [
                nil, KeysetOrder([.init("id", isDescending: true)]),
                KeysetOrder([.init("owner"), .init("made_ms", isDescending: true), .init("id")]),
            ]
            for (round, order) in orders.enumerated() {
                var options = ReadOptions(limit: 7)
                var met: [String] = []
                var inserted = 1000 * (round + 1)
                repeat {
                    let page = try await bed.service.list(
                        cars, ListRequest(order: order), options)
                    #expect(page.rows == (page.next == nil ? page.rows : 7))
                    met += try page.ids
                    options.cursor = page.next
                    inserted += 1
                    try await insert(inserted)
                } while options.cursor != nil
                #expect(Set(met).count == met.count)
                #expect((0..<200).allSatisfy { met.contains("car\($0)") })
            }
        }
    }

    @Test(arguments: DataEngine.present)
    func `a cursor stands for one question`(engine: DataEngine) async throws {
        try await ServiceBed.with(engine) { bed in
            for name in "abc" {
                try await bed.insert(#"{"id":"\#(name)","owner":"u","made_ms":1}"#)
            }
            let query = try bed.service.catalog.query("cars_of")
            let page = try await bed.service.query(
                query, object(#"{"owner":"u"}"#), ReadOptions(limit: 1))
            #expect(try page.ids == ["c"])
            let next = ReadOptions(limit: 1, cursor: page.next)
            #expect(
                try await bed.service.query(query, object(#"{"owner":"u"}"#), next).ids == ["b"])
            await #expect(throws: TCError.self) {
                try await bed.service.query(query, object(#"{"owner":"v"}"#), next)
            }
            await #expect(throws: TCError.self) {
                try await bed.service.list(
                    bed.service.catalog.table("cars"), ListRequest(), next)
            }
        }
    }

    @Test(arguments: DataEngine.present)
    func `more rows than a page holds are never cut off unsaid`(engine: DataEngine) async throws {
        try await ServiceBed.with(engine) { bed in
            for name in "abc" {
                try await bed.insert(#"{"id":"\#(name)","owner":"u","made_ms":1}"#)
            }
            let query = try bed.service.catalog.query("all_cars")
            #expect(
                try await bed.service.query(query, JSONObject(), ReadOptions(limit: 3)).rows == 3)
            await #expect(throws: TCError.self) {
                try await bed.service.query(query, JSONObject(), ReadOptions(limit: 2))
            }
        }
    }

    @Test(arguments: DataEngine.present)
    func `a statement of the caller's must certainly read`(engine: DataEngine) async throws {
        try await ServiceBed.with(engine) { bed in
            try await bed.insert(#"{"id":"a","owner":"u","made_ms":1}"#)
            for sql in [
                "DELETE FROM cars", "SELECT 1; DELETE FROM cars", "SELECT * FROM mine()",
                "WITH gone AS (DELETE FROM cars RETURNING *) SELECT * FROM gone", "", ";",
                "SELECT id FROM cars FOR UPDATE", "SELECT 'open",
            ] {
                await #expect(throws: TCError.self, "\(sql)") {
                    try await bed.service.read(sql: sql, ReadOptions())
                }
            }
            #expect(
                try await bed.service.read(sql: "VALUES (1), (2); -- two", ReadOptions()).rows == 2)
        }
    }

    /// What would be SQL if it were put into a text is data in every place that takes some.
    @Test(arguments: DataEngine.present)
    func `injected text is data or is refused`(engine: DataEngine) async throws {
        try await ServiceBed.with(engine) { bed in
            try await bed.insert(#"{"id":"a","owner":"u","made_ms":1}"#)
            let cars = try bed.service.catalog.table("cars")
            for text in [
                "'; DROP TABLE cars; --", "u' OR '1'='1", "\" OR 1=1 --", "a\\' OR 1=1 --",
                "$1", ":owner", "%", "1); DELETE FROM cars; --", "x'/**/OR/**/1=1",
            ] {
                var key = JSONObject()
                key["id"] = .string(text)
                #expect(try await bed.service.get(cars, key, ReadOptions()).rows == 0)
                var parameters = JSONObject()
                parameters["owner"] = .string(text)
                #expect(
                    try await bed.service.query(
                        bed.service.catalog.query("cars_of"), parameters, ReadOptions()
                    ).rows == 0)
                let filter = RowFilter(column: "owner", test: .eq, value: .string(text))
                #expect(
                    try await bed.service.list(cars, ListRequest(filters: [filter]), ReadOptions())
                        .rows == 0)
                await #expect(throws: TCError.self) {
                    try await bed.service.list(
                        cars,
                        ListRequest(filters: [RowFilter(column: text, test: .eq, value: .null)]),
                        ReadOptions())
                }
                await #expect(throws: TCError.self) {
                    try await bed.service.list(
                        cars, ListRequest(order: KeysetOrder([.init(text: text)])), ReadOptions())
                }
                await #expect(throws: TCError.self) {
                    try await bed.service.list(
                        cars, ListRequest(), ReadOptions(cursor: text))
                }
                var row = JSONObject()
                row["id"] = .string("a")
                row[text] = .string("x")
                await #expect(throws: TCError.self) {
                    try await bed.service.apply(.row(.update, cars, row))
                }
            }
            #expect(
                try await bed.service.list(cars, ListRequest(), ReadOptions()).ids == ["a"])
        }
    }
}
