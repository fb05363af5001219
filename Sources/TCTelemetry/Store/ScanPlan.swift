import Glibc
import TCCore

/// Which runs of which files hold the rows of each vehicle that a scan visits.
struct ScanPlan: Sendable {
    /// The rows of one vehicle in one file.
    struct Entry: Sendable {
        let file: Int
        let rows: Range<Int>
        let first: Int64
        let last: Int64
    }

    private let indexes: [VehicleIndex]
    /// For each vehicle in the order of the scan, where its id stands.
    private let ids: [(file: Int32, run: Int32)]
    /// `vehicleCount + 1` offsets into `entries`.
    private let entryStarts: [Int]
    private let entryPlaces: [(file: Int32, run: Int32)]
    /// `vehicleCount + 1` sums of the rows of the vehicles before.
    let rowsBefore: [Int]

    var vehicleCount: Int { ids.count }

    /// The id of a vehicle, borrowed for the call.
    func withID<R>(_ vehicle: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
        let (file, run) = ids[vehicle]
        let index = indexes[Int(file)]
        let range = Int(index.idOffsets[Int(run)])..<Int(index.idOffsets[Int(run) + 1])
        return try index.idBytes.withUnsafeBufferPointer {
            try body(UnsafeBufferPointer(rebasing: $0[range]))
        }
    }

    /// The entries of a vehicle in the order of day and sequence, put into `entries`.
    func fill(_ entries: inout [Entry], vehicle: Int) {
        entries.removeAll(keepingCapacity: true)
        for place in entryStarts[vehicle]..<entryStarts[vehicle + 1] {
            let (file, run) = entryPlaces[place]
            let index = indexes[Int(file)]
            entries.append(
                Entry(
                    file: Int(file), rows: index.rows(Int(run)), first: index.first[Int(run)],
                    last: index.last[Int(run)]))
        }
    }

    /// - Parameter indexes: one for each file of the snapshot; an empty one for a file that could
    ///   not be read.
    init(indexes: [VehicleIndex], request: ScanRequest) {
        let from = request.from?.milliseconds ?? Int64.min
        let to = request.to?.milliseconds ?? Int64.max
        var directory = VehicleDirectory(indexes: indexes)
        var places: [(vehicle: Int32, file: Int32, run: Int32)] = []
        func consider(_ file: Int, _ run: Int) {
            guard indexes[file].last[run] >= from, indexes[file].first[run] < to else { return }
            places.append((directory.number(file: file, run: run), Int32(file), Int32(run)))
        }
        for file in indexes.indices {
            if let wanted = request.vehicles {
                for run in Set(wanted.compactMap(indexes[file].find)).sorted() {
                    consider(file, run)
                }
            } else {
                places.reserveCapacity(places.count + indexes[file].count)
                for run in 0..<indexes[file].count { consider(file, run) }
            }
        }
        // Vehicles were numbered as they were met; the scan visits them in the order of their ids.
        let order = directory.sortedNumbers()
        var rank = [Int32](repeating: 0, count: order.count)
        for (place, number) in order.enumerated() { rank[Int(number)] = Int32(place) }
        var starts = [Int](repeating: 0, count: order.count + 1)
        for place in places { starts[Int(rank[Int(place.vehicle)]) + 1] += 1 }
        for vehicle in 0..<order.count { starts[vehicle + 1] += starts[vehicle] }
        var next = starts
        var sorted = [(file: Int32, run: Int32)](repeating: (0, 0), count: places.count)
        var rowsBefore = [Int](repeating: 0, count: order.count + 1)
        for place in places {
            let vehicle = Int(rank[Int(place.vehicle)])
            sorted[next[vehicle]] = (place.file, place.run)
            next[vehicle] += 1
            rowsBefore[vehicle + 1] += indexes[Int(place.file)].rows(Int(place.run)).count
        }
        for vehicle in 0..<order.count { rowsBefore[vehicle + 1] += rowsBefore[vehicle] }
        self.indexes = indexes
        ids = order.map { directory.places[Int($0)] }
        entryStarts = starts
        entryPlaces = sorted
        self.rowsBefore = rowsBefore
    }
}

/// Numbers vehicles across the indexes of many files: the same id, the same number.
private struct VehicleDirectory {
    private let indexes: [VehicleIndex]
    /// Where the id of each number was first met.
    private(set) var places: [(file: Int32, run: Int32)] = []
    private var table: [Int32]
    /// Files in a row mostly hold the same vehicles; then the numbers are those of the file before.
    private var previous: (file: Int, numbers: [Int32])?
    private var current: (file: Int, numbers: [Int32])?

    init(indexes: [VehicleIndex]) {
        self.indexes = indexes
        table = Array(repeating: -1, count: 1024)
    }

    mutating func number(file: Int, run: Int) -> Int32 {
        if current?.file != file {
            previous = current
            current = (file, Array(repeating: -1, count: indexes[file].count))
        }
        if let previous, indexes[previous.file].count > run, previous.numbers[run] >= 0,
            same(previous.file, run, file, run)
        {
            current!.numbers[run] = previous.numbers[run]
            return previous.numbers[run]
        }
        let number = lookUp(file, run)
        current!.numbers[run] = number
        return number
    }

    /// The numbers in the byte order of the ids.
    func sortedNumbers() -> [Int32] {
        var numbers = Array(Int32(0)..<Int32(places.count))
        // One file's vehicles are met in order, so most often there is nothing to sort.
        let isSorted = zip(numbers, numbers.dropFirst()).allSatisfy { !precedes($1, $0) }
        if !isSorted { numbers.sort(by: precedes) }
        return numbers
    }

    private func precedes(_ a: Int32, _ b: Int32) -> Bool {
        let (x, y) = (places[Int(a)], places[Int(b)])
        return withBytes(Int(x.file), Int(x.run)) { first in
            withBytes(Int(y.file), Int(y.run)) { second in
                let order = memcmp(
                    first.baseAddress!, second.baseAddress!, min(first.count, second.count))
                return order != 0 ? order < 0 : first.count < second.count
            }
        }
    }

    private func same(_ fileA: Int, _ runA: Int, _ fileB: Int, _ runB: Int) -> Bool {
        withBytes(fileA, runA) { first in
            withBytes(fileB, runB) { second in
                first.count == second.count
                    && memcmp(first.baseAddress!, second.baseAddress!, first.count) == 0
            }
        }
    }

    private func withBytes<R>(
        _ file: Int, _ run: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R
    ) -> R {
        let index = indexes[file]
        let start = Int(index.idOffsets[run])
        let end = Int(index.idOffsets[run + 1])
        return index.idBytes.withUnsafeBufferPointer {
            body(UnsafeBufferPointer(start: $0.baseAddress! + start, count: end - start))
        }
    }

    private mutating func lookUp(_ file: Int, _ run: Int) -> Int32 {
        if places.count * 2 >= table.count { grow() }
        var slot = hash(file, run) & (table.count - 1)
        while table[slot] >= 0 {
            let place = places[Int(table[slot])]
            if same(Int(place.file), Int(place.run), file, run) { return table[slot] }
            slot = (slot + 1) & (table.count - 1)
        }
        table[slot] = Int32(places.count)
        places.append((Int32(file), Int32(run)))
        return table[slot]
    }

    private mutating func grow() {
        table = Array(repeating: -1, count: table.count * 4)
        for (number, place) in places.enumerated() {
            var slot = hash(Int(place.file), Int(place.run)) & (table.count - 1)
            while table[slot] >= 0 { slot = (slot + 1) & (table.count - 1) }
            table[slot] = Int32(number)
        }
    }

    private func hash(_ file: Int, _ run: Int) -> Int {
        withBytes(file, run) { bytes in
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            return Int(truncatingIfNeeded: hash >> 1 ^ hash >> 33) & Int.max
        }
    }
}
