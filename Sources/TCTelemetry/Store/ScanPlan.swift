import Glibc
import TCCore

/// Which runs of which files hold the rows of each vehicle that a scan visits.
///
/// The indexes of all files are sorted by vehicle, so one walk along all of them at once finds each
/// vehicle's runs. Every step compares one id a file; files mostly hold the same vehicles, so that is
/// one comparison a run. (A heap would be better only for many files with few vehicles in common.)
struct ScanPlan: Sendable {
    /// The rows of one vehicle in one file.
    struct Entry: Sendable {
        let file: Int
        let rows: Range<Int>
        let first: Int64
        let last: Int64
    }

    private struct Place: Sendable {
        let file: Int32
        let run: Int32
    }

    private let indexes: [VehicleIndex]
    /// Every vehicle's places, in the order of the files, one vehicle after another.
    private var places: [Place] = []
    /// `vehicleCount + 1` offsets into `places`.
    private var starts: [Int] = [0]
    /// `vehicleCount + 1` sums of the rows of the vehicles before.
    private(set) var rowsBefore: [Int] = [0]
    private let from: Int64
    private let to: Int64

    var vehicleCount: Int { starts.count - 1 }

    /// The id of a vehicle, borrowed for the call.
    func withID<R>(_ vehicle: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
        let place = places[starts[vehicle]]
        return try body(indexes[Int(place.file)].id(Int(place.run)))
    }

    /// The entries of a vehicle in the order of day and sequence, put into `entries`.
    func fill(_ entries: inout [Entry], vehicle: Int) {
        entries.removeAll(keepingCapacity: true)
        for number in starts[vehicle]..<starts[vehicle + 1] {
            let place = places[number]
            let index = indexes[Int(place.file)]
            let run = Int(place.run)
            entries.append(
                Entry(
                    file: Int(place.file), rows: index.rows(run), first: index.first[run],
                    last: index.last[run]))
        }
    }

    /// - Parameter indexes: one for each file of the snapshot; an empty one for a file that could
    ///   not be read.
    init(indexes: [VehicleIndex], request: ScanRequest) {
        self.indexes = indexes
        from = request.from?.milliseconds ?? Int64.min
        to = request.to?.milliseconds ?? Int64.max
        if let vehicles = request.vehicles {
            choose(vehicles)
        } else {
            mergeAll()
        }
    }

    private mutating func choose(_ vehicles: [String]) {
        let ids = Set(vehicles).map { Array($0.utf8) }
            .sorted { $0.lexicographicallyPrecedes($1) }
        for id in ids {
            id.withUnsafeBufferPointer { id in
                for file in indexes.indices {
                    if let run = indexes[file].find(id) { add(file, run) }
                }
            }
            closeVehicle()
        }
    }

    private mutating func mergeAll() {
        let most = indexes.map(\.count).max() ?? 0
        starts.reserveCapacity(most + 1)
        rowsBefore.reserveCapacity(most + 1)
        places.reserveCapacity(indexes.reduce(0) { $0 + $1.count })
        var next = [Int](repeating: 0, count: indexes.count)
        // Files that have runs left, and among them those that have the least id.
        var open = indexes.indices.filter { indexes[$0].count > 0 }
        var least: [Int] = []
        while let candidate = open.first {
            least.removeAll(keepingCapacity: true)
            least.append(candidate)
            var id = indexes[candidate].id(next[candidate])
            for file in open.dropFirst() {
                let other = indexes[file].id(next[file])
                let order = compareIDs(other, id)
                if order > 0 { continue }
                if order < 0 {
                    least.removeAll(keepingCapacity: true)
                    id = other
                }
                least.append(file)
            }
            var isOver = false
            for file in least {
                add(file, next[file])
                next[file] += 1
                if next[file] == indexes[file].count { isOver = true }
            }
            closeVehicle()
            if isOver { open.removeAll { next[$0] == indexes[$0].count } }
        }
    }

    @inline(__always)
    private mutating func add(_ file: Int, _ run: Int) {
        let index = indexes[file]
        guard index.last[run] >= from, index.first[run] < to else { return }
        places.append(Place(file: Int32(file), run: Int32(run)))
    }

    /// What was added since the last vehicle is a vehicle, if it is anything.
    @inline(__always)
    private mutating func closeVehicle() {
        guard places.count > starts[starts.count - 1] else { return }
        var rows = rowsBefore[rowsBefore.count - 1]
        for number in starts[starts.count - 1]..<places.count {
            rows += indexes[Int(places[number].file)].rows(Int(places[number].run)).count
        }
        starts.append(places.count)
        rowsBefore.append(rows)
    }
}
