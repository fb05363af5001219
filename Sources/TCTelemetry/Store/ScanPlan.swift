import Glibc
import TCCore

/// Which runs of which files hold the rows of each vehicle that a scan visits.
///
/// The indexes of all files are sorted by vehicle, so one walk along all of them at once finds each
/// vehicle's runs. Every step compares one id a file; files mostly hold the same vehicles, so that is
/// one comparison a run. (A heap would be better only for many files with few vehicles in common.)
///
/// A scan passes over every entry two or three times, a hundred thousand of them where vehicles are
/// many and files small. So they lie flat in memory, already in the order in which they are read:
/// going from one to the next costs no reference count and no check.
///
/// `@unchecked Sendable`: the memory is written by the initialiser alone.
final class ScanPlan: @unchecked Sendable {
    /// The rows of one vehicle in one file. Small: a compact of many files with a million vehicles
    /// each holds them all.
    struct Entry: BitwiseCopyable {
        let first: Int64
        let last: Int64
        private let fileNumber: UInt32
        private let rowBounds: (UInt32, UInt32)

        /// - Parameter rows: no more than a `StoreFile` has.
        init(file: Int, rows: Range<Int>, first: Int64, last: Int64) {
            fileNumber = UInt32(file)
            rowBounds = (UInt32(rows.lowerBound), UInt32(rows.upperBound))
            self.first = first
            self.last = last
        }

        var file: Int { Int(fileNumber) }
        var firstRow: Int { Int(rowBounds.0) }
        var endRow: Int { Int(rowBounds.1) }
        var rows: Range<Int> { firstRow..<endRow }
    }

    private struct Vehicle: BitwiseCopyable {
        var firstEntry: Int
        /// The rows of all vehicles before.
        var rowsBefore: Int
        var id: UnsafeBufferPointer<UInt8>
        /// Whether two of its entries share a moment.
        var overlaps: Bool
    }

    /// Where the ids lie. What else the indexes say is in the entries.
    private let ids: [VehicleIDs]
    private let from: Int64
    private let to: Int64
    private let filter: PlaceFilter?
    /// Whether an entry of the vehicle at hand passed `filter`.
    private var isAdmitted = false
    /// Entries, and vehicles, that there is room for.
    private let capacity: Int
    private let entries: UnsafeMutablePointer<Entry>
    /// One more than there are: the last one only ends the one before it.
    private let vehicles: UnsafeMutablePointer<Vehicle>
    private var entryCount = 0
    private(set) var vehicleCount = 0

    /// The rows of the vehicles before `vehicle`, which may be `vehicleCount`.
    @inline(__always)
    func rowsBefore(_ vehicle: Int) -> Int { vehicles[vehicle].rowsBefore }

    /// The id of a vehicle; good as long as the plan is.
    @inline(__always)
    func id(_ vehicle: Int) -> UnsafeBufferPointer<UInt8> { vehicles[vehicle].id }

    /// The entries of a vehicle by their first time, equal ones in the order of day and sequence;
    /// good as long as the plan is.
    @inline(__always)
    func entries(_ vehicle: Int) -> UnsafeBufferPointer<Entry> {
        let first = vehicles[vehicle].firstEntry
        return UnsafeBufferPointer(
            start: entries + first, count: vehicles[vehicle + 1].firstEntry - first)
    }

    /// Whether any two entries of a vehicle share a moment, so that rows may have to be merged.
    @inline(__always)
    func overlaps(_ vehicle: Int) -> Bool { vehicles[vehicle].overlaps }

    /// - Parameter indexes: one for each file of the snapshot; an empty one for a file that could
    ///   not be read.
    /// - Parameter places: vehicles of which it admits no run are left out; nil for none.
    init(indexes: [VehicleIndex], places filter: PlaceFilter?, request: ScanRequest) {
        ids = indexes.map(\.idMemory)
        self.filter = filter
        from = request.from?.milliseconds ?? Int64.min
        to = request.to?.milliseconds ?? Int64.max
        let chosen = request.vehicles.map(Set.init)
        capacity = chosen.map { $0.count * indexes.count } ?? indexes.reduce(0) { $0 + $1.count }
        entries = reserve(Entry.self, count: capacity)
        vehicles = reserve(Vehicle.self, count: capacity + 1)
        if let chosen {
            choose(chosen, indexes)
        } else {
            mergeAll(indexes)
        }
    }

    deinit {
        release(entries, count: capacity)
        release(vehicles, count: capacity + 1)
    }

    private func choose(_ chosen: Set<String>, _ indexes: [VehicleIndex]) {
        let ids = chosen.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
        for id in ids {
            id.withUnsafeBufferPointer { id in
                for (file, index) in indexes.enumerated() {
                    if let run = index.find(id) { add(VehicleIndexView(index), file, run) }
                }
            }
            endVehicle()
        }
    }

    private func mergeAll(_ indexes: [VehicleIndex]) {
        let views = indexes.map(VehicleIndexView.init)
        var next = [Int](repeating: 0, count: views.count)
        // Files that have runs left; the first `leastCount` of `least` are those with the least id.
        var open = views.indices.filter { views[$0].count > 0 }
        var least = [Int](repeating: 0, count: views.count)
        views.withUnsafeBufferPointer { views in
            while let first = open.first {
                var leastCount = 1
                least[0] = first
                var id = views[first].id(next[first])
                for place in 1..<open.count {
                    let file = open[place]
                    let other = views[file].id(next[file])
                    let order = isSameID(other, id) ? 0 : compareIDs(other, id)
                    if order > 0 { continue }
                    if order < 0 {
                        leastCount = 0
                        id = other
                    }
                    least[leastCount] = file
                    leastCount += 1
                }
                var isOver = false
                for place in 0..<leastCount {
                    let file = least[place]
                    add(views[file], file, next[file])
                    next[file] += 1
                    if next[file] == views[file].count { isOver = true }
                }
                endVehicle()
                if isOver { open.removeAll { next[$0] == views[$0].count } }
            }
        }
    }

    /// Adds a run to the vehicle at hand, unless it lies outside the requested time. Files come in
    /// their order, which is nearly always that of their times too.
    @inline(__always)
    private func add(_ index: VehicleIndexView, _ file: Int, _ run: Int) {
        let first = index.first[run]
        guard index.last[run] >= from, first < to else { return }
        var place = entryCount
        while place > vehicles[vehicleCount].firstEntry, entries[place - 1].first > first {
            entries[place] = entries[place - 1]
            place -= 1
        }
        entries[place] = Entry(
            file: file, rows: index.rowStarts[run]..<index.rowStarts[run + 1], first: first,
            last: index.last[run])
        entryCount += 1
        isAdmitted = isAdmitted || filter?.admits(file, run) ?? true
        vehicles[vehicleCount].id = index.id(run)
    }

    /// What was added since the last vehicle is a vehicle, if it is anything.
    @inline(__always)
    private func endVehicle() {
        let vehicle = vehicles + vehicleCount
        guard isAdmitted else {
            entryCount = vehicle.pointee.firstEntry
            return
        }
        isAdmitted = false
        var rows = vehicle.pointee.rowsBefore
        var last = Int64.min
        for place in vehicle.pointee.firstEntry..<entryCount {
            let entry = entries[place]
            rows += entry.rows.count
            if place > vehicle.pointee.firstEntry, entry.first <= last {
                vehicle.pointee.overlaps = true
            }
            last = max(last, entry.last)
        }
        vehicleCount += 1
        vehicles[vehicleCount].firstEntry = entryCount
        vehicles[vehicleCount].rowsBefore = rows
    }
}
