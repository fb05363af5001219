import TCCore
import Testing

@testable import TCTelemetry

/// Numbers for vehicles while they are ingested, and their runs on the way into a file.
@Suite struct VehicleTableTests {
    /// Ids of every length, in order, many of which begin alike.
    private static let ids: [[UInt8]] = (0..<20_000).map { number in
        let digits = Array("\(number)".utf8)
        let length = max(digits.count, number % 64 + 1)
        return [UInt8](repeating: UInt8(ascii: "v"), count: length - digits.count) + digits
    }

    @Test func aVehicleKeepsItsCodeWhileTheTableGrows() {
        let table = VehicleTable(capacity: VehicleTableTests.ids.count)
        for round in 0..<2 {
            var first = VehicleCache(table: table)
            var second = VehicleCache(table: table)
            for (number, id) in VehicleTableTests.ids.enumerated() {
                insert(id, &first, number)
                if number % 3 == 0 { insert(id, &second, number) }
            }
            #expect(table.count == VehicleTableTests.ids.count)
            for (number, id) in VehicleTableTests.ids.enumerated() {
                #expect(table.id(UInt32(number)).elementsEqual(id), "round \(round)")
                if number % 3 != 0 { insert(id, &second, number) }
            }
            #expect(table.count == VehicleTableTests.ids.count)
            table.removeAll()
            #expect(table.count == 0)
        }
    }

    private func insert(_ id: [UInt8], _ cache: inout VehicleCache, _ expected: Int) {
        // A parser's text goes on behind an id.
        let padded = id + [UInt8](repeating: UInt8(ascii: "\""), count: 80)
        padded.withUnsafeBufferPointer {
            #expect(cache.insert($0.baseAddress!, id.count) == UInt32(expected))
            #expect(cache.find($0.baseAddress!, id.count) == UInt32(expected))
        }
    }

    @Test(arguments: [0, 1, 2, 5000]) func runsComeOutAsTheyWentIn(_ count: Int) throws {
        struct Plain: Equatable {
            var id: [UInt8]
            var rows: Int
            var first: Int64
            var last: Int64
        }
        let ids = Array(
            VehicleTableTests.ids[..<count].sorted { $0.lexicographicallyPrecedes($1) })
        var given: [Plain] = []
        var runs = VehicleRuns()
        for (number, id) in ids.enumerated() {
            let first = Int64(number * 7919 % 1000) * 86_400 - 5000
            var run = Plain(id: id, rows: number % 300 + 1, first: first, last: first + 40)
            id.withUnsafeBufferPointer {
                #expect(runs.order(of: $0) > 0)
                runs.append(.init(id: $0, rows: run.rows, first: run.first, last: run.last))
                #expect(runs.order(of: $0) == 0)
            }
            if number % 5 == 0 {
                run.rows += 3
                run.last += 1_000_000
                runs.extendLast(rows: 3, to: run.last)
            }
            given.append(run)
        }
        #expect(runs.count == count)
        var found: [Plain] = []
        runs.visit {
            found.append(Plain(id: Array($0.id), rows: $0.rows, first: $0.first, last: $0.last))
        }
        #expect(found == given)
        let index = try VehicleIndex(
            runs.index(), rowCount: given.reduce(0) { $0 + $1.rows })
        #expect(index.count == count)
        var walked: [Plain] = []
        try index.walk { cursor in
            try cursor.advance()
            while !cursor.isOver {
                walked.append(
                    Plain(
                        id: Array(cursor.id), rows: cursor.run.rows.count,
                        first: cursor.run.first, last: cursor.run.last))
                try cursor.advance()
            }
        }
        #expect(walked == given)
    }
}
