import TCCore

/// Reads the vehicles of a shard, block by block, and hands their rows to a visitor.
///
/// A vehicle's rows are shown where they were read to. Only where two files overlap in the time of
/// one vehicle are rows copied, to be merged.
final class ShardReader {
    /// Rows read at once: all columns of a block stay within a few MiB.
    private static let blockRows = 32_768

    private let snapshot: StoreSnapshot
    private let plan: ScanPlan
    private let request: ScanRequest
    private let from: Int64
    private let to: Int64
    private let files: [FileColumns]
    private let block: BlockRows
    private var buffers: ColumnBuffers { block.buffers }
    private lazy var merger = RunMerger(columns: request.columns, snapshot: snapshot)
    private lazy var blockMerger = BlockMerger(columns: request.columns)
    private lazy var latest = LatestReader(
        snapshot: snapshot, plan: plan, request: request, files: files)
    private lazy var matches = MatchReader(
        snapshot: snapshot, plan: plan, request: request, files: files)
    /// Whether the vehicle at hand had a row in the requested time.
    private var hasVisited = false

    init(snapshot: StoreSnapshot, plan: ScanPlan, request: ScanRequest) {
        self.snapshot = snapshot
        self.plan = plan
        self.request = request
        from = request.from?.milliseconds ?? Int64.min
        to = request.to?.milliseconds ?? Int64.max
        files = snapshot.files.map(FileColumns.init)
        block = BlockRows(snapshot: snapshot, plan: plan, request: request, files: files)
    }

    /// Visits `vehicles`, numbers of the plan, in order.
    func read<V: VehicleVisitor>(_ vehicles: Range<Int>, _ visitor: inout V) throws {
        if request.latestOnly {
            try latest.read(vehicles, &visitor)
        } else if request.matching != nil, request.vehicles == nil {
            try matches.read(vehicles, &visitor) { vehicle, visitor in
                try readRows(vehicle..<vehicle + 1, &visitor)
            }
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
                    plan.rowsBefore(end + 1) - plan.rowsBefore(start) <= ShardReader.blockRows
                {
                    end += 1
                }
            }
            if plan.rowsBefore(end) - plan.rowsBefore(start) <= ShardReader.blockRows {
                try readBlock(start..<end, &visitor)
            } else {
                try readLong(start, &visitor)
            }
            start = end
        }
    }

    private func readBlock<V: VehicleVisitor>(_ vehicles: Range<Int>, _ visitor: inout V) throws {
        block.load(vehicles)
        for vehicle in vehicles {
            let entries = plan.entries(vehicle)
            let id = plan.id(vehicle)
            hasVisited = false
            if plan.overlaps(vehicle) {
                try forEachGroup(entries) { group in
                    if group.count == 1 {
                        try show(group[0], id, &visitor)
                    } else {
                        try mergeLoaded(group, id, &visitor)
                    }
                }
            } else {
                for entry in entries { try show(entry, id, &visitor) }
            }
            if hasVisited { try visitor.endVehicle() }
        }
    }

    /// Merges entries whose rows the block has loaded.
    private func mergeLoaded<V: VehicleVisitor>(
        _ group: UnsafeBufferPointer<ScanPlan.Entry>, _ id: UnsafeBufferPointer<UInt8>,
        _ visitor: inout V
    ) throws {
        blockMerger.begin()
        // In the order of the files, so that the later one wins.
        for entry in group.sorted(by: { $0.file < $1.file }) {
            let rows = block.place(of: entry)
            if !rows.isEmpty { blockMerger.add(rows) }
        }
        let count = blockMerger.merge(buffers)
        guard count > 0 else { return }
        hasVisited = true
        try blockMerger.output.withRows(of: id, start: 0, count: count, hasTimes: true) {
            try visitor.visit($0)
        }
    }

    /// Shows the rows of an entry that lie in the requested time, where they were loaded.
    @inline(__always)
    private func show<V: VehicleVisitor>(
        _ entry: ScanPlan.Entry, _ id: UnsafeBufferPointer<UInt8>, _ visitor: inout V
    ) throws {
        let rows = block.place(of: entry)
        guard !rows.isEmpty else { return }
        hasVisited = true
        try buffers.withRows(
            of: id, start: rows.lowerBound, count: rows.count, hasTimes: request.needsTimes,
            newest: request.needsTimes || entry.last >= to ? nil : entry.last
        ) { try visitor.visit($0) }
    }

    /// Calls `body` with entries that overlap each other in time, in time order; an entry that
    /// overlaps none is alone. Entries are sorted by their first time.
    private func forEachGroup(
        _ entries: UnsafeBufferPointer<ScanPlan.Entry>,
        _ body: (UnsafeBufferPointer<ScanPlan.Entry>) throws -> Void
    ) rethrows {
        var start = 0
        while start < entries.count {
            var end = start + 1
            var last = entries[start].last
            while end < entries.count, entries[end].first <= last {
                last = max(last, entries[end].last)
                end += 1
            }
            try body(UnsafeBufferPointer(rebasing: entries[start..<end]))
            start = end
        }
    }

    /// A vehicle with more rows than a block holds: piece by piece.
    private func readLong<V: VehicleVisitor>(_ vehicle: Int, _ visitor: inout V) throws {
        let id = plan.id(vehicle)
        hasVisited = false
        try forEachGroup(plan.entries(vehicle)) { group in
            if group.count > 1 {
                let shown = try merger.merge(
                    Array(group), files, from: from, to: to, id, &visitor)
                if shown > 0 { hasVisited = true }
                return
            }
            let entry = group[0]
            var start = entry.rows.lowerBound
            while start < entry.rows.upperBound {
                let end = min(start + ShardReader.blockRows, entry.rows.upperBound)
                try readPiece(entry, start..<end, id, &visitor)
                start = end
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
                let start = buffers.firstRow(wanted, notBefore: from)
                wanted = start..<buffers.firstRow(start..<rows.count, notBefore: to)
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
