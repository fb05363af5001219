import Synchronization
import TCCore

/// The rows of one vehicle in a sorted batch: `order[start..<start + count]`.
///
/// Small, since a batch may have as many as rows.
struct BatchRun {
    var code: UInt32
    var start: UInt32
    var count: UInt32

    var rows: Range<Int> { Int(start)..<Int(start + count) }
}

/// Sorts a batch by vehicle and time without moving it: a permutation of row numbers.
///
/// A counting sort by vehicle keeps line order within each, which is nearly always time order;
/// vehicles where it is not are sorted on their own. Rows of one vehicle at one time are folded into
/// the last of them, field by field. Every step but numbering the vehicles runs on all threads, and
/// none of its results depends on their number.
///
/// `@unchecked Sendable`: in each parallel phase a thread touches only its own share.
final class BatchSorter: @unchecked Sendable {
    /// The rows in order; the first `rowCount` count.
    let order: UnsafeMutablePointer<UInt32>
    private(set) var rowCount = 0
    /// Vehicles in the byte order of their ids.
    private(set) var runs: [BatchRun] = []

    private let capacity: Int
    private let table: VehicleTable
    private let workers: Int
    /// For each thread the rows of each code; then where its next row of that code goes.
    private var counts: [UnsafeMutablePointer<UInt32>]
    private var countCapacity = 0
    /// All codes of the table by id, as of `rankedCount` codes.
    private var ranked: [UInt32] = []

    init(capacity: Int, table: VehicleTable, workers: Int) {
        self.capacity = capacity
        self.table = table
        self.workers = workers
        order = reserve(UInt32.self, count: capacity)
        counts = []
    }

    deinit {
        release(order, count: capacity)
        for pointer in counts { pointer.deallocate() }
    }

    /// Sorts the rows `0..<rows` of `batch`, whose chunks are all parsed. `arenas` has one arena for
    /// each thread, for the `extra` of folded rows.
    func sort(_ batch: IngestBatch, rows: Int, arenas: [ExtraArena]) throws {
        let codes = table.count
        prepareCounts(codes)
        try Workers.run(workers) { worker in
            let counts = self.counts[worker]
            counts.update(repeating: 0, count: codes)
            for row in self.share(rows, worker) {
                let code = batch.codes[row]
                if code != IngestBatch.noVehicle { counts[Int(code)] += 1 }
            }
            var index = worker
            while index < batch.chunks.count {
                let chunk = batch.chunks[index]
                batch.clear(batch.columns & ~chunk.columns, rows: chunk.rows)
                index += self.workers
            }
        }
        placeVehicles(codes)
        try Workers.run(workers) { worker in
            let places = self.counts[worker]
            for row in self.share(rows, worker) {
                let code = batch.codes[row]
                guard code != IngestBatch.noVehicle else { continue }
                let place = places[Int(code)]
                places[Int(code)] = place + 1
                self.order[Int(place)] = UInt32(truncatingIfNeeded: row)
            }
        }
        let folded = Mutex<[(run: Int, count: Int)]>([])
        let passedOver = arenas.map { UncheckedArena($0) }
        try Workers.run(workers) { worker in
            var mine: [(run: Int, count: Int)] = []
            for run in self.shareOfRuns(worker) {
                let count = self.sortRun(self.runs[run], batch, passedOver[worker].arena)
                if count != self.runs[run].rows.count { mine.append((run, count)) }
            }
            if !mine.isEmpty { folded.withLock { $0 += mine } }
        }
        let shorter = folded.withLock { $0 }
        if !shorter.isEmpty { close(shorter) }
    }

    /// Forgets the ranking of a table that was emptied.
    func forgetVehicles() { ranked = [] }

    private struct UncheckedArena: @unchecked Sendable {
        let arena: ExtraArena
        init(_ arena: ExtraArena) { self.arena = arena }
    }

    private func share(_ rows: Int, _ worker: Int) -> Range<Int> {
        (rows * worker / workers)..<(rows * (worker + 1) / workers)
    }

    /// A share of the runs with about as many rows as any other's.
    private func shareOfRuns(_ worker: Int) -> Range<Int> {
        func first(_ worker: Int) -> Int {
            let row = UInt32(rowCount * worker / workers)
            var (low, high) = (0, runs.count)
            while low < high {
                let middle = (low + high) / 2
                if runs[middle].start < row { low = middle + 1 } else { high = middle }
            }
            return low
        }
        return first(worker)..<(worker == workers - 1 ? runs.count : first(worker + 1))
    }

    private func prepareCounts(_ codes: Int) {
        if codes <= countCapacity { return }
        for pointer in counts { pointer.deallocate() }
        countCapacity = max(codes, countCapacity * 2, 4096)
        counts = (0..<workers).map { _ in .allocate(capacity: countCapacity) }
    }

    /// Turns counts into places: vehicles by id, and within one the threads in their order.
    private func placeVehicles(_ codes: Int) {
        if ranked.count != codes { rank(codes) }
        runs.removeAll(keepingCapacity: true)
        runs.reserveCapacity(codes)
        var place: UInt32 = 0
        for code in ranked {
            let start = place
            for worker in 0..<workers {
                let count = counts[worker][Int(code)]
                counts[worker][Int(code)] = place
                place += count
            }
            if place > start {
                runs.append(BatchRun(code: code, start: start, count: place - start))
            }
        }
        rowCount = Int(place)
    }

    private func rank(_ codes: Int) {
        let ids = table.ids
        // Ids are compared eight bytes at a time; zero padding sorts a prefix first.
        ranked = (0..<UInt32(codes)).sorted { a, b in
            let first = UnsafeRawPointer(ids + Int(a) * VehicleTable.stride)
            let second = UnsafeRawPointer(ids + Int(b) * VehicleTable.stride)
            var at = 0
            while at < VehicleTable.stride {
                let x = first.load(fromByteOffset: at, as: UInt64.self).bigEndian
                let y = second.load(fromByteOffset: at, as: UInt64.self).bigEndian
                if x != y { return x < y }
                at += 8
            }
            return false
        }
    }

    /// Brings a run into strictly ascending time; the number of rows that are left in front.
    private func sortRun(_ run: BatchRun, _ batch: IngestBatch, _ arena: ExtraArena) -> Int {
        let rows = order + run.rows.lowerBound
        let rowCount = run.rows.count
        var isAscending = true
        var last = batch.ts[Int(rows[0])]
        for i in 1..<max(rowCount, 1) {
            let time = batch.ts[Int(rows[i])]
            isAscending = isAscending && time > last
            last = time
        }
        if isAscending { return rowCount }
        // Row numbers break ties, so that equal times stay in line order.
        var sorted = (0..<rowCount).map { (time: batch.ts[Int(rows[$0])], row: rows[$0]) }
        sorted.sort { $0.time != $1.time ? $0.time < $1.time : $0.row < $1.row }
        var count = 0
        var first = 0
        while first < sorted.count {
            var end = first + 1
            while end < sorted.count, sorted[end].time == sorted[first].time { end += 1 }
            if end - first > 1 {
                batch.fold(sorted[first..<end].map { Int($0.row) }, arena)
            }
            rows[count] = sorted[end - 1].row
            count += 1
            first = end
        }
        return count
    }

    /// Closes the gaps behind the runs that have become shorter.
    private func close(_ shorter: [(run: Int, count: Int)]) {
        for (run, count) in shorter { runs[run].count = UInt32(count) }
        var place = 0
        for run in runs.indices {
            let rows = runs[run].rows
            if place != rows.lowerBound {
                for (i, row) in rows.enumerated() { order[place + i] = order[row] }
                runs[run].start = UInt32(place)
            }
            place += rows.count
        }
        rowCount = place
    }
}

extension IngestBatch {
    /// Folds rows of one vehicle at one time, given in line order, into the last: what it lacks is
    /// taken from the latest row that has it.
    func fold(_ rows: [Int], _ arena: ExtraArena) {
        let target = rows[rows.count - 1]
        let earlier = rows.dropLast().reversed()
        for field in 0..<Field.words where columns >> UInt32(field) & 1 == 1 {
            let column = number(field)
            guard column[target].isNaN, let row = earlier.first(where: { !column[$0].isNaN })
            else { continue }
            column[target] = column[row]
        }
        for field in Field.words..<Field.vehicleID where columns >> UInt32(field) & 1 == 1 {
            let column = word(field)
            guard column[target] == 0, let row = earlier.first(where: { column[$0] != 0 })
            else { continue }
            column[target] = column[row]
        }
        guard columns & LineParser.extraBit != 0 else { return }
        let objects = rows.map { extras[$0] }.filter { $0 != 0 }
        if objects.count > 1 {
            let merged = ExtraObject.merged(objects.map(ExtraArena.object))
            let room = arena.room(merged.count)
            merged.withUnsafeBufferPointer { room.update(from: $0.baseAddress!, count: $0.count) }
            extras[target] = arena.commit(merged.count)
        } else if let only = objects.first {
            extras[target] = only
        }
    }
}

/// The text of `extra`: one JSON object, checked and with distinct keys in one spelling.
enum ExtraObject {
    /// The objects, earlier first, as one: keys in the order of first appearance, each with its last
    /// value.
    static func merged(_ objects: [UnsafeBufferPointer<UInt8>]) -> [UInt8] {
        var places: [[UInt8]: Int] = [:]
        var members: [(key: [UInt8], value: UnsafeBufferPointer<UInt8>)] = []
        for object in objects {
            // A newline behind the text ends every step of the reader.
            var at = object.baseAddress! + 1
            while at.pointee != UInt8(ascii: "}") {
                if at.pointee == UInt8(ascii: ",") { at += 1 }
                let start = at
                _ = skipString(&at)
                let key = Array(UnsafeBufferPointer(start: start, count: at - start))
                at += 1
                let value = at
                _ = skipValue(&at, depth: 1)
                let range = UnsafeBufferPointer(start: value, count: at - value)
                if let place = places[key] {
                    members[place].value = range
                } else {
                    places[key] = members.count
                    members.append((key, range))
                }
            }
        }
        var text = [UInt8(ascii: "{")]
        for (index, member) in members.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            text += member.key
            text.append(UInt8(ascii: ":"))
            text += member.value
        }
        text.append(UInt8(ascii: "}"))
        return text
    }
}
