import TCCore
import TCStore
import TCWire
import Testing

@testable import TCData

/// Filters on real engines beside a model in Swift.
@Suite struct RowFilterTests {
    static let table = CatalogTable(
        name: "cars", place: ["cars"],
        columns: [
            ColumnDeclaration(name: "id", type: .integer, isNullable: false),
            ColumnDeclaration(name: "name", type: .text, isNullable: true),
            ColumnDeclaration(name: "soc", type: .real, isNullable: true),
        ], key: ["id"], order: KeysetOrder([.init("id")]), reading: ReadTerms(), writers: nil,
        operations: Set(CatalogTable.Operation.allCases), line: 1)

    static let names: [String?] = [
        "a", "A", "ab", "a%b", "a_b", "a*b", "a?b", "a[b", "a]b", "é", nil, "", "a\\b", "'; --",
    ]

    private func found(
        _ filters: [RowFilter], _ database: any Database
    ) async throws -> [Int64] {
        let statement = try RowFilterTests.table.list(
            ListRequest(filters: filters), after: [], limit: 1000, database.dialect)
        return try await database.query(statement.sql, statement.parameters) { try $0.integer(0) }
    }

    @Test(arguments: DataEngine.present)
    func `each operator finds what it says`(engine: DataEngine) async throws {
        try await DataBed.with(
            engine, ["CREATE TABLE cars (id BIGINT PRIMARY KEY, name TEXT, soc DOUBLE PRECISION)"]
        ) { database in
            try await database.write { connection in
                try connection.execute(
                    "INSERT INTO cars VALUES ($1, $2, $3)",
                    batch: RowFilterTests.names.enumerated().map { number, name in
                        [
                            .integer(Int64(number)), SQLValue(name),
                            number % 4 == 3 ? .null : .real(Double(number) / 2),
                        ]
                    })
            }
            func check(_ text: String, _ holds: (Int, String?, Double?) -> Bool) async throws {
                let filter = try RowFilter(text: text, of: RowFilterTests.table)
                let wanted = RowFilterTests.names.enumerated().filter { number, name in
                    holds(number, name, number % 4 == 3 ? nil : Double(number) / 2)
                }.map { Int64($0.offset) }
                #expect(try await found([filter], database) == wanted, "\(text)")
            }
            try await check("name eq a") { _, name, _ in name == "a" }
            try await check("name eq '; --") { _, name, _ in name == "'; --" }
            try await check("name ne a") { _, name, _ in name != nil && name != "a" }
            try await check("soc lt 2") { _, _, soc in soc.map { $0 < 2 } ?? false }
            try await check("soc le 2") { _, _, soc in soc.map { $0 <= 2 } ?? false }
            try await check("soc gt 2") { _, _, soc in soc.map { $0 > 2 } ?? false }
            try await check("soc ge 2") { _, _, soc in soc.map { $0 >= 2 } ?? false }
            try await check("id in [1,3,99]") { id, _, _ in id == 1 || id == 3 }
            try await check("soc is-null true") { _, _, soc in soc == nil }
            try await check("soc is-null false") { _, _, soc in soc != nil }
            try await check("name like a%") { _, name, _ in name?.hasPrefix("a") ?? false }
            try await check("name like a_b") { _, name, _ in
                name.map { $0.count == 3 && $0.hasPrefix("a") && $0.hasSuffix("b") } ?? false
            }
            try await check(#"name like a\%b"#) { _, name, _ in name == "a%b" }
            try await check(#"name like a\_b"#) { _, name, _ in name == "a_b" }
            try await check("name like a*b") { _, name, _ in name == "a*b" }
            try await check("name like a[b") { _, name, _ in name == "a[b" }
            try await check("name like _") { _, name, _ in name?.count == 1 }
            try await check(#"name like a\\b"#) { _, name, _ in name == #"a\b"# }
            let both = try RowFilter.read(
                #require(JSONReader.parse(#"{"id":{"ge":2,"lt":5},"name":"a_b"}"#).object))
            #expect(try await found(both, database) == [4])
        }
    }

    @Test(arguments: [
        ("name", "a filter must be COLUMN OPERATOR VALUE, got 'name'"),
        ("nam eq a", "table 'cars' has no column 'nam'"),
        ("name is a", "'is' is no operator; there are eq, ne, lt, le, gt, ge, in, like, is-null"),
        ("id eq a", "'id' must be a whole number of 64 bits, got a string"),
        ("id in 3", "'id in' must have a list of values, got a number"),
        ("id in []", "'id in' must list 1 to 1000 values, got 0"),
        ("id like a%", "'id like' needs a column of text"),
        ("id is-null maybe", "'id is-null' must have true or false, got a string"),
        (#"id"=id;-- eq 1"#, #"table 'cars' has no column 'id"=id;--'"#),
    ])
    func `a filter that is none is refused`(text: String, message: String) {
        do {
            let filter = try RowFilter(text: text, of: RowFilterTests.table)
            var parameters: [SQLValue] = []
            _ = try filter.sql(RowFilterTests.table, .sqlite, &parameters)
            Issue.record("'\(text)' was taken")
        } catch {
            #expect(error.kind == .badInput && error.message == message)
        }
    }
}
