import CPostgres
import TCCore
import TCStore

/// One answer of the server. It owns libpq's copy, which nobody changes any more.
final class PostgresResult: @unchecked Sendable {
    // Invariant: `pointer` is freed with the last reference, and only read before.
    fileprivate let pointer: OpaquePointer
    fileprivate let pq: tc_libpq

    init(_ pointer: OpaquePointer, _ libpq: LibPQ) {
        self.pointer = pointer
        pq = libpq.functions
    }

    deinit { pq.PQclear(pointer) }

    var status: ExecStatusType { pq.PQresultStatus(pointer) }
    var isSuccess: Bool { status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK }
    var rowCount: Int { Int(pq.PQntuples(pointer)) }
    /// Rows inserted, changed or deleted; 0 for a statement that does none of these.
    var changes: Int {
        // What was done: `INSERT 0 1`, `SELECT 5`, `SET`.
        let tag = pq.PQcmdStatus(pointer).map { String(cString: $0) } ?? ""
        guard ["INSERT", "UPDATE", "DELETE", "MERGE"].contains(tag.prefix { $0 != " " }) else {
            return 0
        }
        return pq.PQcmdTuples(pointer).flatMap { Int(String(cString: $0)) } ?? 0
    }

    /// What `row` makes of each row, in order.
    func rows<Result>(_ row: (any SQLRow) throws -> Result) throws -> [Result] {
        try (0..<rowCount).map { try row(PostgresRow(self, $0)) }
    }

    /// A part of an error by its `PG_DIAG_…` code.
    func errorField(_ field: Int) -> String? {
        pq.PQresultErrorField(pointer, Int32(field)).map { String(cString: $0) }
    }
}

/// One row of an answer, whose columns are in PostgreSQL's binary formats.
struct PostgresRow: SQLRow {
    private let result: PostgresResult
    private let index: Int32

    init(_ result: PostgresResult, _ index: Int) {
        self.result = result
        self.index = Int32(index)
    }

    var columnCount: Int { Int(result.pq.PQnfields(result.pointer)) }

    func name(of column: Int) -> String {
        precondition(column >= 0 && column < columnCount, "there is no column \(column)")
        return result.pq.PQfname(result.pointer, Int32(column)).map { String(cString: $0) } ?? ""
    }

    func value(_ column: Int) throws -> SQLValue {
        precondition(column >= 0 && column < columnCount, "there is no column \(column)")
        let (pq, pointer, column32) = (result.pq, result.pointer, Int32(column))
        if pq.PQgetisnull(pointer, index, column32) != 0 { return .null }
        let bytes = UnsafeRawBufferPointer(
            start: pq.PQgetvalue(pointer, index, column32),
            count: Int(pq.PQgetlength(pointer, index, column32)))
        let type = pq.PQftype(pointer, column32)
        switch (PostgresType(rawValue: type), bytes.count) {
        case (.int8, 8): return .integer(PostgresType.integer(bytes, Int64.self))
        case (.int4, 4): return .integer(Int64(PostgresType.integer(bytes, Int32.self)))
        case (.int2, 2): return .integer(Int64(PostgresType.integer(bytes, Int16.self)))
        case (.oid, 4): return .integer(Int64(PostgresType.integer(bytes, UInt32.self)))
        case (.bool, 1): return .integer(bytes[0] == 0 ? 0 : 1)
        case (.float8, 8):
            return .real(Double(bitPattern: PostgresType.integer(bytes, UInt64.self)))
        case (.float4, 4):
            return .real(Double(Float(bitPattern: PostgresType.integer(bytes, UInt32.self))))
        case (.bytea, _): return .bytes(Array(bytes))
        case (.text, _), (.varchar, _), (.bpchar, _), (.name, _), (.json, _), (.unknown, _):
            return .text(try decodeText(bytes.bindMemory(to: UInt8.self), column, self))
        case (.void, _): return .null
        case (.numeric, _):
            guard let whole = PostgresType.wholeNumeric(bytes) else {
                throw unreadable(
                    column, "a numeric that is no whole number of 64 bits", "DOUBLE PRECISION")
            }
            return .integer(whole)
        default: throw unreadable(column, "the type with OID \(type)", "TEXT")
        }
    }

    private func unreadable(_ column: Int, _ what: String, _ type: String) -> TCError {
        TCError(
            .bug, "column '\(name(of: column))' has \(what)",
            hint: "write CAST(… AS \(type)) in the statement")
    }
}

/// The types that are read, by their OIDs, which PostgreSQL never changes (`pg_type.dat`).
enum PostgresType: Oid {
    case bool = 16
    case bytea = 17
    case name = 19
    case int8 = 20
    case int2 = 21
    case int4 = 23
    case text = 25
    case oid = 26
    case json = 114
    case float4 = 700
    case float8 = 701
    case unknown = 705
    case bpchar = 1042
    case varchar = 1043
    case numeric = 1700
    case void = 2278

    /// - Parameter bytes: as many as the type has, the highest first.
    static func integer<Number: FixedWidthInteger>(
        _ bytes: UnsafeRawBufferPointer, _ type: Number.Type
    ) -> Number {
        Number(bigEndian: bytes.loadUnaligned(as: Number.self))
    }

    /// The value of a `numeric` (which `SUM` of a `BIGINT` is) if it is whole and has 64 bits.
    ///
    /// The format (`numeric_send` in PostgreSQL's `numeric.c`) is a head of four 16-bit numbers,
    /// count of digits, weight of the first, sign and scale, and the digits to the base 10,000.
    static func wholeNumeric(_ bytes: UnsafeRawBufferPointer) -> Int64? {
        guard bytes.count >= 8 else { return nil }
        func part(_ index: Int) -> Int16 {
            integer(UnsafeRawBufferPointer(rebasing: bytes[(2 * index)...]), Int16.self)
        }
        let (count, weight, sign) = (Int(part(0)), Int(part(1)), UInt16(bitPattern: part(2)))
        guard count >= 0, bytes.count == 8 + 2 * count, sign == 0 || sign == 0x4000 else {
            return nil
        }
        if count == 0 { return 0 }
        // Ten thousand to the fourth and more is past 64 bits; digits behind the point are no whole.
        guard weight <= 4, weight >= count - 1 else { return nil }
        var value: Int64 = 0
        for place in 0...weight {
            let digit = place < count ? Int64(part(4 + place)) : 0
            let (product, tooLarge) = value.multipliedReportingOverflow(by: 10_000)
            let (sum, tooLargeToo) = product.addingReportingOverflow(sign == 0 ? digit : -digit)
            if tooLarge || tooLargeToo { return nil }
            value = sum
        }
        return value
    }
}
