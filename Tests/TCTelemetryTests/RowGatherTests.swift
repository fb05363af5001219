import Testing

@testable import TCTelemetry

@Suite struct RowGatherTests {
    @Test(arguments: 0..<20 as Range<UInt64>)
    func `a gathered column is the column in the order of its rows`(seed: UInt64) {
        var random = Seeded(seed)
        let rows = Int.random(in: 1...400, using: &random)
        let order = (0..<UInt32(rows)).shuffled(using: &random)
        // Runs of random lengths that cover the rows, of vehicles with random numbers.
        var starts = Set([0])
        for _ in 0..<Int.random(in: 0...20, using: &random) {
            starts.insert(Int.random(in: 0..<rows, using: &random))
        }
        let sorted = starts.sorted()
        let numbers = (0..<UInt32(sorted.count + 5)).shuffled(using: &random)
        let runs = sorted.indices.map { index in
            let end = index + 1 < sorted.count ? sorted[index + 1] : rows
            return BatchRun(
                code: numbers[index], start: UInt32(sorted[index]),
                count: UInt32(end - sorted[index]))
        }
        let column = (0..<rows).map { _ in Double.random(in: -1...1, using: &random) }
        var gathered = [Double](repeating: .nan, count: rows)
        var visited: [Int] = []
        order.withUnsafeBufferPointer { order in
            let gather = RowGather(order.baseAddress!, runs)
            gathered.withUnsafeMutableBufferPointer { gather.copy(column, to: $0.baseAddress!) }
            gather.forEachRun { index, run in
                #expect(run.code == runs[index].code)
                visited.append(index)
            }
        }
        #expect(gathered == order.map { column[Int($0)] })
        #expect(visited.sorted() == Array(runs.indices))
    }
}
