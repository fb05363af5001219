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
/// going from one to the next costs no reference count and no check. Memory is touched for the first
/// time at a microsecond a page, so what lies there is small.
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
        /// The rows of all vehicles before.
        var rowsBefore: Int
        /// Where its id begins in `ids`; it ends where the next one begins.
        var idStart: Int
        var firstEntry: UInt32
        /// Whether two of its entries share a moment.
        var overlaps: Bool
    }

    private let from: Int64
    private let to: Int64
    private let places: PlaceFilter?
    private var harsh: HarshFilter?
    /// Whether an entry of the vehicle at hand passed the filters.
    private var isAdmitted = false
    private let capacity: (vehicles: Int, entries: Int, idBytes: Int)
    private let entries: UnsafeMutablePointer<Entry>
    /// One more than there are: the last one only ends the one before it.
    private let vehicles: UnsafeMutablePointer<Vehicle>
    private let ids: UnsafeMutablePointer<UInt8>
    private var entryCount = 0
    private(set) var vehicleCount = 0

    /// What the index of harsh rows of a file says; nil where it has none, or none was asked for.
    func harshRows(_ file: Int) -> HarshRows? { harsh?.files[file] ?? nil }

    /// The rows of the vehicles before `vehicle`, which may be `vehicleCount`.
    @inline(__always)
    func rowsBefore(_ vehicle: Int) -> Int { vehicles[vehicle].rowsBefore }

    /// The id of a vehicle; good as long as the plan is.
    @inline(__always)
    func id(_ vehicle: Int) -> UnsafeBufferPointer<UInt8> {
        let start = vehicles[vehicle].idStart
        return UnsafeBufferPointer(start: ids + start, count: vehicles[vehicle + 1].idStart - start)
    }

    /// The entries of a vehicle by their first time, equal ones in the order of day and sequence;
    /// good as long as the plan is.
    @inline(__always)
    func entries(_ vehicle: Int) -> UnsafeBufferPointer<Entry> {
        let first = Int(vehicles[vehicle].firstEntry)
        return UnsafeBufferPointer(
            start: entries + first, count: Int(vehicles[vehicle + 1].firstEntry) - first)
    }

    /// Whether any two entries of a vehicle share a moment, so that rows may have to be merged.
    @inline(__always)
    func overlaps(_ vehicle: Int) -> Bool { vehicles[vehicle].overlaps }

    /// What a file says of the vehicles that are asked about.
    enum FileRuns {
        /// All are.
        case all(VehicleIndex)
        /// Those found among the vehicles chosen.
        case chosen([VehicleIndex.Found])
        /// Nothing of it can be read.
        case none
    }

    /// The index of the file of this number broke off.
    struct Broken: Error {
        let file: Int
        let fault: VehicleRunCursor.Fault
    }

    /// - Parameters:
    ///   - runs: what each file of the snapshot says.
    ///   - chosen: the ids that were looked for; nil where all are asked about.
    ///   - places: vehicles of which it admits no run are left out; nil for none.
    ///   - harsh: likewise.
    init(
        runs: [FileRuns], chosen: [[UInt8]]?, places: PlaceFilter?, harsh: HarshFilter?,
        request: ScanRequest
    ) throws(Broken) {
        self.places = places
        self.harsh = harsh
        from = request.from?.milliseconds ?? Int64.min
        to = request.to?.milliseconds ?? Int64.max
        var capacity = (vehicles: 0, entries: 0, idBytes: 0)
        for case .all(let index) in runs {
            capacity.entries += index.count
            capacity.vehicles += index.count
            capacity.idBytes += index.idBytes
        }
        if let chosen {
            capacity.vehicles = chosen.count
            capacity.entries = chosen.count * runs.count
            capacity.idBytes = chosen.reduce(0) { $0 + $1.count }
        }
        precondition(capacity.entries <= Int(UInt32.max), "that many would not fit into memory")
        self.capacity = capacity
        entries = reserve(Entry.self, count: capacity.entries)
        vehicles = reserve(Vehicle.self, count: capacity.vehicles + 1)
        ids = reserve(UInt8.self, count: capacity.idBytes)
        if let chosen {
            choose(chosen, runs)
        } else {
            try mergeAll(runs)
        }
    }

    deinit {
        release(entries, count: capacity.entries)
        release(vehicles, count: capacity.vehicles + 1)
        release(ids, count: capacity.idBytes)
    }

    private func choose(_ chosen: [[UInt8]], _ runs: [FileRuns]) {
        let found = runs.map { runs -> [VehicleIndex.Found] in
            if case .chosen(let found) = runs { found } else { [] }
        }
        var next = [Int](repeating: 0, count: found.count)
        for (vehicle, id) in chosen.enumerated() {
            for file in found.indices
            where next[file] < found[file].count && found[file][next[file]].vehicle == vehicle {
                add(found[file][next[file]].run, file)
                next[file] += 1
            }
            id.withUnsafeBufferPointer(endVehicle)
        }
    }

    private func mergeAll(_ runs: [FileRuns]) throws(Broken) {
        let cursors = UnsafeMutablePointer<VehicleRunCursor>.allocate(capacity: runs.count)
        let ids = UnsafeMutablePointer<UInt8>.allocate(
            capacity: runs.count * VehicleRunCursor.idCapacity)
        defer {
            cursors.deallocate()
            ids.deallocate()
        }
        // Files that have runs left.
        var open: [Int] = []
        for (file, runs) in runs.enumerated() {
            guard case .all(let index) = runs else { continue }
            cursors[file] = index.cursor(id: ids + file * VehicleRunCursor.idCapacity)
            try advance(cursors, file)
            if !cursors[file].isOver { open.append(file) }
        }
        // The first `leastCount` are those with the least id.
        var least = [Int](repeating: 0, count: runs.count)
        while let first = open.first {
            var leastCount = 1
            least[0] = first
            var leastID = cursors[first].id
            for place in 1..<open.count {
                let file = open[place]
                let other = cursors[file].id
                let order = isSameID(other, leastID) ? 0 : compareIDs(other, leastID)
                if order > 0 { continue }
                if order < 0 {
                    leastCount = 0
                    leastID = other
                }
                least[leastCount] = file
                leastCount += 1
            }
            for place in 0..<leastCount { add(cursors[least[place]].run, least[place]) }
            endVehicle(leastID)
            var isOver = false
            for place in 0..<leastCount {
                try advance(cursors, least[place])
                if cursors[least[place]].isOver { isOver = true }
            }
            if isOver { open.removeAll { cursors[$0].isOver } }
        }
        // The memory behind the cursors.
        withExtendedLifetime(runs) {}
    }

    @inline(__always)
    private func advance(
        _ cursors: UnsafeMutablePointer<VehicleRunCursor>, _ file: Int
    ) throws(Broken) {
        do {
            try cursors[file].advance()
        } catch {
            throw Broken(file: file, fault: error)
        }
    }

    /// Adds a run to the vehicle at hand, unless it lies outside the requested time. Files come in
    /// their order, which is nearly always that of their times too.
    @inline(__always)
    private func add(_ run: VehicleRun, _ file: Int) {
        guard run.last >= from, run.first < to else { return }
        var place = entryCount
        while place > Int(vehicles[vehicleCount].firstEntry), entries[place - 1].first > run.first {
            entries[place] = entries[place - 1]
            place -= 1
        }
        entries[place] = Entry(file: file, rows: run.rows, first: run.first, last: run.last)
        entryCount += 1
        isAdmitted =
            isAdmitted
            || places?.admits(file, run.number) ?? true && harsh?.admits(file, run) ?? true
    }

    /// What was added since the last vehicle is a vehicle, if it is anything.
    @inline(__always)
    private func endVehicle(_ id: UnsafeBufferPointer<UInt8>) {
        let vehicle = vehicles + vehicleCount
        let firstEntry = Int(vehicle.pointee.firstEntry)
        guard isAdmitted else {
            entryCount = firstEntry
            return
        }
        isAdmitted = false
        var rows = vehicle.pointee.rowsBefore
        var last = Int64.min
        for place in firstEntry..<entryCount {
            let entry = entries[place]
            rows += entry.rows.count
            if place > firstEntry, entry.first <= last { vehicle.pointee.overlaps = true }
            last = max(last, entry.last)
        }
        let idStart = vehicle.pointee.idStart
        if let start = id.baseAddress { memcpy(ids + idStart, start, id.count) }
        vehicleCount += 1
        vehicles[vehicleCount].firstEntry = UInt32(entryCount)
        vehicles[vehicleCount].rowsBefore = rows
        vehicles[vehicleCount].idStart = idStart + id.count
    }
}
