import TCCore
import TCStore
import Testing

@testable import TCData

@Suite("named parameters")
struct NamedParametersTests {
    @Test("names become numbers, one for each name")
    func numbers() throws {
        let sql = """
            SELECT ':no', a::text, b[1:2] /* :no */ FROM t -- :no
            WHERE owner = :owner AND (x = :x OR y=:owner) AND z = ANY(ARRAY[:z])
            """
        let statement = try NamedParameters(sql, dialect: .postgres)
        #expect(statement.names == ["owner", "x", "z"])
        #expect(
            statement.sql == """
                SELECT ':no', a::text, b[1:2] /* :no */ FROM t -- :no
                WHERE owner = $1 AND (x = $2 OR y=$1) AND z = ANY(ARRAY[$3])
                """)
    }

    @Test("a number never runs into the word before it")
    func adjacent() throws {
        #expect(try NamedParameters("SELECT a:b", dialect: .sqlite).sql == "SELECT a $1")
        #expect(try NamedParameters(":a::int", dialect: .postgres).sql == "$1::int")
    }

    @Test("numbered and named parameters do not mix, and names are plain")
    func refused() {
        #expect(throws: SQLSyntaxError.self) {
            try NamedParameters("SELECT :a, $1", dialect: .postgres)
        }
        #expect(throws: SQLSyntaxError.self) { try NamedParameters("SELECT ?", dialect: .sqlite) }
        #expect(throws: SQLSyntaxError.self) {
            try NamedParameters("SELECT :größe", dialect: .postgres)
        }
    }

    @Test("names that are used or declared alone are all told")
    func declared() throws {
        let statement = try NamedParameters("SELECT :a, :b, :c", dialect: .postgres)
        try statement.check(declared: ["c", "b", "a"])
        #expect(
            throws: TCError(
                .badInput,
                "parameters: the statement uses :b, :c, not declared; :d declared, not used in the "
                    + "statement")
        ) { try statement.check(declared: ["a", "d"]) }
    }
}
