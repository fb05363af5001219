import TCCore

extension BatchSorter {
    /// The sorted rows cut by UTC day, in day order; within a day they stay sorted.
    ///
    /// A batch of one day, which is the rule, is left as it is. Otherwise the permutation is sorted
    /// once more by day, stably; any number of days costs the same.
    func splitByDay(_ batch: IngestBatch) -> [DaySlice] {
        let chunks = batch.chunks.filter { $0.accepted > 0 }
        guard let first = chunks.map(\.firstTs).min(), let last = chunks.map(\.lastTs).max() else {
            return []
        }
        let firstDay = Instant(milliseconds: first).day.number
        let lastDay = Instant(milliseconds: last).day.number
        if firstDay == lastDay {
            return [DaySlice(day: Day(number: firstDay), start: 0, rows: rowCount, runs: runs)]
        }
        return splitDays(batch, firstDay, Int(lastDay - firstDay) + 1)
    }

    private func splitDays(_ batch: IngestBatch, _ firstDay: Int64, _ days: Int) -> [DaySlice] {
        // Times lie in 131 years, so there are at most 48,000 days.
        func day(_ row: UInt32) -> Int { Int(batch.ts[Int(row)] / 86_400_000 - firstDay) }
        var places = [Int](repeating: 0, count: days + 1)
        for i in 0..<rowCount { places[day(order[i]) + 1] += 1 }
        for index in 1...days { places[index] += places[index - 1] }
        let starts = places
        var runs = [[BatchRun]](repeating: [], count: days)
        let sorted = UnsafeMutablePointer<UInt32>.allocate(capacity: rowCount)
        defer { sorted.deallocate() }
        for run in self.runs {
            for i in run.rows {
                let row = order[i]
                let index = day(row)
                let place = places[index]
                sorted[place] = row
                places[index] = place + 1
                if let open = runs[index].indices.last, runs[index][open].code == run.code {
                    runs[index][open].count += 1
                } else {
                    runs[index].append(
                        BatchRun(
                            code: run.code, start: UInt32(place - starts[index]), count: 1))
                }
            }
        }
        order.update(from: sorted, count: rowCount)
        return (0..<days).filter { !runs[$0].isEmpty }.map { index in
            DaySlice(
                day: Day(number: firstDay + Int64(index)), start: starts[index],
                rows: starts[index + 1] - starts[index], runs: runs[index])
        }
    }
}
