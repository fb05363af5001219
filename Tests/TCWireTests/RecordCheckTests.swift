import TCWire
import Testing

@Suite struct RecordCheckTests {
    private static let schema = RecordSchema(
        "a trip",
        [
            .required("vehicle_id", .identifier, "the vehicle"),
            .optional("name", .text(2...4), "a name"),
            .optional("distance_km", .number(0...1000), "how far"),
            .optional("stops", .integer(1...9), "how many"),
            .optional("count", .count, "how many more"),
            .optional("is_open", .boolean, "whether it goes on"),
            .optional("from", .time, "when it began"),
            .optional("since", .timeIn, "from when"),
            .optional("gear", .oneOf(["P", "D"]), "the gear"),
            .optional("pin", .text(4...4), secret: true, "a secret"),
            .optional(
                "legs",
                .array(
                    .object(
                        RecordSchema("a leg", [.required("km/h", .number, "how fast")]))),
                "its parts"),
            .optional("any", .anything, "whatever"),
            .optional("lat", .number, "where"),
            .optional("lon", .number, "where"),
        ], together: [["lat", "lon"]])

    private func faults(_ json: String) throws -> [FieldFault] {
        Self.schema.faults(in: try #require(try JSONReader.parse(json).object))
    }

    @Test(arguments: [
        #"{"vehicle_id":"v"}"#,
        #"{"vehicle_id":"v","name":null,"lat":null}"#,
        #"{"vehicle_id":"A-z0.9_:-","name":"éé","distance_km":1e3,"stops":9.0,"is_open":false}"#,
        #"{"vehicle_id":"v","from":"2026-01-02T03:04:05.6+01:00","since":0,"gear":"D"}"#,
        #"{"vehicle_id":"v","since":"2026-01-02T03:04:05Z","legs":[{"km/h":1},{"km/h":2}]}"#,
        #"{"vehicle_id":"v","any":[{}],"lat":1,"lon":2,"pin":"1234","legs":[]}"#,
    ])
    func `a record that is right has no faults`(json: String) throws {
        #expect(try faults(json) == [])
    }

    @Test(arguments: [
        ("{}", "/vehicle_id", "'vehicle_id' is missing"),
        (
            #"{"vehicle_id":null}"#, "/vehicle_id",
            "'vehicle_id' must be 1 to 64 characters of A-Z a-z 0-9 . _ : -, got null"
        ),
        (
            #"{"vehicle_id":"a b"}"#, "/vehicle_id",
            "'vehicle_id' must be 1 to 64 characters of A-Z a-z 0-9 . _ : -, got \"a b\""
        ),
        (
            #"{"vehicle_id":"v","name":"x"}"#, "/name",
            "'name' must be a string of 2 to 4 characters, got \"x\""
        ),
        (
            #"{"vehicle_id":"v","distance_km":1000.5}"#, "/distance_km",
            "'distance_km' must be a number from 0 to 1000, got 1000.5"
        ),
        (
            #"{"vehicle_id":"v","stops":1.5}"#, "/stops",
            "'stops' must be a whole number from 1 to 9, got 1.5"
        ),
        (
            #"{"vehicle_id":"v","count":-1}"#, "/count",
            "'count' must be a whole number, 0 or more, got -1"
        ),
        (
            #"{"vehicle_id":"v","is_open":"no"}"#, "/is_open",
            "'is_open' must be true or false, got \"no\""
        ),
        (
            #"{"vehicle_id":"v","from":7}"#, "/from", "'from' must be an RFC 3339 time, got 7"
        ),
        (
            #"{"vehicle_id":"v","since":-1}"#, "/since",
            "'since' must be an RFC 3339 time or whole epoch milliseconds, got -1"
        ),
        (#"{"vehicle_id":"v","gear":"R"}"#, "/gear", "'gear' must be one of P, D, got \"R\""),
        (
            #"{"vehicle_id":"v","pin":"12345"}"#, "/pin",
            "'pin' must be a string of 4 characters"
        ),
        (
            #"{"vehicle_id":"v","legs":[{"km/h":1},{"km/h":"x"}]}"#, "/legs/1/km~1h",
            "'legs[1].km/h' must be a number, got \"x\""
        ),
        (#"{"vehicle_id":"v","legs":{}}"#, "/legs", "'legs' must be an array, got an object"),
        (#"{"vehicle_id":"v","lat":1}"#, "/lon", "'lon' must stand beside 'lat'"),
        (
            #"{"vehicle_id":"v","stop":1}"#, "/stop",
            "'stop' is not a field of a trip; 'stops'?"
        ),
    ])
    func `a fault names the place, the value and what it must be`(
        json: String, pointer: String, message: String
    ) throws {
        #expect(try faults(json) == [FieldFault(pointer: pointer, message: message)])
    }

    @Test func `a hostile record makes no long answer`() throws {
        let many = (0..<1000).map { "\"x\($0)\":1" }.joined(separator: ",")
        #expect(try faults("{\(many)}").count == 16)
        let long = String(repeating: "x", count: 10_000)
        let fault = try #require(
            try faults("{\"vehicle_id\":\"\(long)\",\"\(long)\":1}").first)
        #expect(fault.message.utf8.count < 200)
    }
}
