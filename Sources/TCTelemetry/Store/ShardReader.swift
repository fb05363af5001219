import TCCore

/// Reads the vehicles of a shard, block by block, and hands their rows to a visitor.
///
/// The rows of neighbouring vehicles stand beside each other in every file, so a block of vehicles is
/// read with one call for each file and column, and a vehicle's rows are then shown where they lie.
/// Only where two files overlap in the time of one vehicle are rows copied, to be merged.
final class ShardReader {
    /// Rows read at once: all columns of a block stay within a few MiB.
    private static let blockRows = 32_768

    private let snapshot: StoreSnapshot
    private let plan: ScanPlan
    private let request: ScanRequest
    private let from: Int64
    private let to: Int64
    private let buffers: ColumnBuffers
    private var files: [FileColumns]
    /// Rows of one file that the block holds, and where they stand in the buffers; -1 where they
    /// could not be read.
    private struct Stretch {
        var rows: Range<Int>
        var offset: Int
    }

    /// For each file, what the block holds of it, in order, and which stretch is being shown.
    private var loaded: [[Stretch]]
    private var current: [Int]
    /// Rows that nobody asked for, between others, up to which they are rather read than left out.
    private static let gapRows = 256
    private lazy var merger = RunMerger(columns: request.columns, snapshot: snapshot)
    private lazy var blockMerger = BlockMerger(columns: request.columns)
    /// Whether the vehicle at hand had a row in the requested time.
    private var hasVisited = false
    private lazy var latest = LatestReader(
        snapshot: snapshot, plan: plan, request: request, files: files)
    private var entries: [ScanPlan.Entry] = []

    init(snapshot: StoreSnapshot, plan: ScanPlan, request: ScanRequest) {
        self.snapshot = snapshot
        self.plan = plan
        self.request = request
        from = request.from?.milliseconds ?? Int64.min
        to = request.to?.milliseconds ?? Int64.max
        buffers = ColumnBuffers(columns: request.columns)
        files = snapshot.files.map(FileColumns.init)
        loaded = Array(repeating: [], count: snapshot.files.count)
        current = Array(repeating: 0, count: snapshot.files.count)
    }

    /// Visits `vehicles`, numbers of the plan, in order.
    func read<V: VehicleVisitor>(_ vehicles: Range<Int>, _ visitor: inout V) throws {
        if request.latestOnly {
            try latest.read(vehicles, &visitor)
        } else {
            try readRows(vehicles, &visitor)
        }
        try visitor.endShard()
    }

    private func readRows<V: VehicleVisitor>(_ vehicles: Range<Int>, _ visitor: inout V) throws {
        var start = vehicles.lowerBound
        while start < vehicles.upperBound {
            var end = start + 1
            // With a choice of vehicles their rows do not stand side by side.
            if request.vehicles == nil {
                while end < vehicles.upperBound,
                    plan.rowsBefore[end + 1] - plan.rowsBefore[start] <= ShardReader.blockRows
                {
                    end += 1
                }
            }
            if plan.rowsBefore[end] - plan.rowsBefore[start] <= ShardReader.blockRows {
                try readBlock(start..<end, &visitor)
            } else {
                try readLong(start, &visitor)
            }
            start = end
        }
    }

    // MARK: Blocks

    private func readBlock<V: VehicleVisitor>(_ vehicles: Range<Int>, _ visitor: inout V) throws {
        load(vehicles)
        for vehicle in vehicles {
            plan.fill(&entries, vehicle: vehicle)
            sortByTime()
            hasVisited = false
            try plan.withID(vehicle) { id in
                try forEachGroup { group in
                    if group.count == 1 {
                        try show(entries[group.lowerBound], id, &visitor)
                    } else {
                        try mergeLoaded(group, id, &visitor)
                    }
                }
            }
            if hasVisited { try visitor.endVehicle() }
        }
    }

    /// Merges entries whose rows the block has loaded.
    private func mergeLoaded<V: VehicleVisitor>(
        _ group: Range<Int>, _ id: UnsafeBufferPointer<UInt8>, _ visitor: inout V
    ) throws {
        blockMerger.begin()
        // In the order of the files, so that the later one wins.
        for entry in entries[group].sorted(by: { $0.file < $1.file }) {
            let rows = wantedRows(entry)
            if !rows.isEmpty { blockMerger.add(rows) }
        }
        let count = blockMerger.merge(buffers)
        guard count > 0 else { return }
        hasVisited = true
        try blockMerger.output.withRows(of: id, start: 0, count: count, hasTimes: true) {
            try visitor.visit($0)
        }
    }

    /// Reads what the block needs of every file. A file that fails is told of and left out.
    private func load(_ vehicles: Range<Int>) {
        for file in files.indices {
            loaded[file].removeAll(keepingCapacity: true)
            current[file] = 0
        }
        var readsTimes = [Bool](repeating: request.needsTimes, count: files.count)
        for vehicle in vehicles {
            plan.fill(&entries, vehicle: vehicle)
            sortByTime()
            let merges = overlaps
            for entry in entries {
                need(entry)
                if merges || entry.first < from || entry.last >= to {
                    readsTimes[entry.file] = true
                }
            }
        }
        buffers.reserve(
            loaded.reduce(0) { $0 + $1.reduce(0) { $0 + $1.rows.count } })
        buffers.extra.removeAll()
        var offset = 0
        for file in files.indices {
            for place in loaded[file].indices {
                let rows = loaded[file][place].rows
                do {
                    if readsTimes[file] {
                        try files[file].readTimes(rows, into: buffers, at: offset)
                    }
                    try files[file].readValues(rows, into: buffers, at: offset)
                    loaded[file][place].offset = offset
                    offset += rows.count
                } catch {
                    snapshot.failures.add(snapshot.files[file].file.path, error)
                    loaded[file][place].offset = -1
                    dropExtra(after: offset)
                }
            }
        }
    }

    /// Adds an entry's rows to what the block needs of its file: to the stretch before, with what lies
    /// between, unless that is more than reading past it is worth.
    private func need(_ entry: ScanPlan.Entry) {
        if let last = loaded[entry.file].last,
            entry.rows.lowerBound - last.rows.upperBound <= ShardReader.gapRows
        {
            loaded[entry.file][loaded[entry.file].count - 1].rows =
                last.rows.lowerBound..<entry.rows.upperBound
        } else {
            loaded[entry.file].append(Stretch(rows: entry.rows, offset: -1))
        }
    }

    /// Forgets the texts of rows that were not read to their end.
    private func dropExtra(after rows: Int) {
        guard request.columns.contains(.extra) else { return }
        buffers.extra.offsets.removeSubrange((rows + 1)...)
        buffers.extra.bytes.removeSubrange(Int(buffers.extra.offsets[rows])...)
    }

    /// Shows the rows of an entry that lie in the requested time, where they were loaded.
    private func show<V: VehicleVisitor>(
        _ entry: ScanPlan.Entry, _ id: UnsafeBufferPointer<UInt8>, _ visitor: inout V
    ) throws {
        let rows = wantedRows(entry)
        guard !rows.isEmpty else { return }
        hasVisited = true
        try buffers.withRows(
            of: id, start: rows.lowerBound, count: rows.count, hasTimes: request.needsTimes,
            newest: request.needsTimes || entry.last >= to ? nil : entry.last
        ) { try visitor.visit($0) }
    }

    /// Where in the buffers the rows of an entry stand that lie in the requested time; empty where
    /// the file could not be read.
    private func wantedRows(_ entry: ScanPlan.Entry) -> Range<Int> {
        // Vehicles are shown in the order of their rows, so the stretch is this one or a later one.
        while loaded[entry.file][current[entry.file]].rows.upperBound < entry.rows.upperBound {
            current[entry.file] += 1
        }
        let stretch = loaded[entry.file][current[entry.file]]
        guard stretch.offset >= 0 else { return 0..<0 }
        var start = stretch.offset + entry.rows.lowerBound - stretch.rows.lowerBound
        var end = start + entry.rows.count
        if entry.first < from { start = firstRow(start..<end, notBefore: from) }
        if entry.last >= to { end = firstRow(start..<end, notBefore: to) }
        return start..<end
    }

    private func firstRow(_ rows: Range<Int>, notBefore time: Int64) -> Int {
        var low = rows.lowerBound
        var high = rows.upperBound
        while low < high {
            let middle = (low + high) / 2
            if buffers.times[middle] < time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // MARK: Order and overlap

    /// Sorts the entries by their first time; equal ones keep the order of their files.
    private func sortByTime() {
        guard entries.count > 1 else { return }
        for index in 1..<entries.count {
            var at = index
            while at > 0, entries[at].first < entries[at - 1].first {
                entries.swapAt(at, at - 1)
                at -= 1
            }
        }
    }

    /// Whether any two entries share a moment. They are sorted by their first time.
    private var overlaps: Bool {
        var last = Int64.min
        for (index, entry) in entries.enumerated() {
            if index > 0, entry.first <= last { return true }
            last = max(last, entry.last)
        }
        return false
    }

    /// Calls `body` with the index ranges of entries that overlap each other in time, in time order;
    /// an entry that overlaps none is alone. Entries are sorted by their first time.
    private func forEachGroup(_ body: (Range<Int>) throws -> Void) rethrows {
        var start = 0
        while start < entries.count {
            var end = start + 1
            var last = entries[start].last
            while end < entries.count, entries[end].first <= last {
                last = max(last, entries[end].last)
                end += 1
            }
            try body(start..<end)
            start = end
        }
    }

    /// A vehicle with more rows than a block holds: piece by piece.
    private func readLong<V: VehicleVisitor>(_ vehicle: Int, _ visitor: inout V) throws {
        plan.fill(&entries, vehicle: vehicle)
        sortByTime()
        hasVisited = false
        try plan.withID(vehicle) { id in
            try forEachGroup { group in
                if group.count > 1 {
                    let shown = try merger.merge(
                        Array(entries[group]), files, from: from, to: to, id, &visitor)
                    if shown > 0 { hasVisited = true }
                    return
                }
                let entry = entries[group.lowerBound]
                var start = entry.rows.lowerBound
                while start < entry.rows.upperBound {
                    let end = min(start + ShardReader.blockRows, entry.rows.upperBound)
                    try readPiece(entry, start..<end, id, &visitor)
                    start = end
                }
            }
        }
        if hasVisited { try visitor.endVehicle() }
    }

    private func readPiece<V: VehicleVisitor>(
        _ entry: ScanPlan.Entry, _ rows: Range<Int>, _ id: UnsafeBufferPointer<UInt8>,
        _ visitor: inout V
    ) throws {
        buffers.reserve(rows.count)
        buffers.extra.removeAll()
        var wanted = 0..<rows.count
        do {
            let isBounded = entry.first < from || entry.last >= to
            if request.needsTimes || isBounded {
                try files[entry.file].readTimes(rows, into: buffers, at: 0)
            }
            if isBounded {
                let start = firstRow(wanted, notBefore: from)
                wanted = start..<firstRow(start..<rows.count, notBefore: to)
            }
            guard !wanted.isEmpty else { return }
            // `extra` counts its rows from the first one read, so the others move down to it.
            if wanted.lowerBound > 0 {
                buffers.times.update(
                    from: buffers.times + wanted.lowerBound, count: wanted.count)
            }
            let first = rows.lowerBound + wanted.lowerBound
            try files[entry.file].readValues(first..<first + wanted.count, into: buffers, at: 0)
        } catch {
            snapshot.failures.add(snapshot.files[entry.file].file.path, error)
            return
        }
        hasVisited = true
        try buffers.withRows(
            of: id, start: 0, count: wanted.count, hasTimes: request.needsTimes,
            newest: request.needsTimes || entry.last >= to ? nil : entry.last
        ) { try visitor.visit($0) }
    }
}
