import TCCore

/// The rows of some neighbouring vehicles in memory.
///
/// The rows of neighbouring vehicles stand beside each other in every file, so a block of vehicles is
/// read with one call for each file and column, and each vehicle's rows are then used where they lie.
final class BlockRows {
    /// What the block holds of one file: rows that follow one another.
    private struct Stretch {
        var rows: Range<Int>
        /// What has to be added to a row to find its place in the buffers; nil where the rows could
        /// not be read.
        var shift: Int?
    }

    /// What is known of a file while the block is loaded and used. Memory of our own: it is looked at
    /// for every entry, and the checks of an array of a class cost more than all that is done there.
    private struct FileState: BitwiseCopyable {
        /// While loading: the stretch that may still grow. Then: the stretch that was used last.
        var start = 0
        var end = -1
        var shift = 0
        var isReadable = false
        var readsTimes = false
        /// Which stretch is the next one to be used.
        var next = 0
    }

    /// Rows that nobody asked for, between others, up to which they are rather read than left out.
    private static let gapRows = 256

    let buffers: ColumnBuffers
    private let snapshot: StoreSnapshot
    private let plan: ScanPlan
    private let files: [FileColumns]
    private let needsTimes: Bool
    private let from: Int64
    private let to: Int64
    /// For each file, what the block holds of it, in order.
    private var stretches: [[Stretch]]
    private let states: UnsafeMutablePointer<FileState>

    init(
        snapshot: StoreSnapshot, plan: ScanPlan, request: ScanRequest, files: [FileColumns]
    ) {
        self.snapshot = snapshot
        self.plan = plan
        self.files = files
        needsTimes = request.needsTimes
        from = request.from?.milliseconds ?? Int64.min
        to = request.to?.milliseconds ?? Int64.max
        buffers = ColumnBuffers(columns: request.columns)
        stretches = Array(repeating: [], count: files.count)
        states = .allocate(capacity: files.count)
    }

    deinit { states.deallocate() }

    /// Reads what `vehicles` need of every file. A file that fails is told of and left out.
    func load(_ vehicles: Range<Int>) {
        states.initialize(
            repeating: FileState(readsTimes: needsTimes), count: files.count)
        for file in files.indices { stretches[file].removeAll(keepingCapacity: true) }
        for vehicle in vehicles {
            let overlaps = plan.overlaps(vehicle)
            for entry in plan.entries(vehicle) {
                let state = states + entry.file
                if state.pointee.end >= 0,
                    entry.rows.lowerBound - state.pointee.end <= BlockRows.gapRows
                {
                    state.pointee.end = entry.rows.upperBound
                } else {
                    close(entry.file)
                    state.pointee.start = entry.rows.lowerBound
                    state.pointee.end = entry.rows.upperBound
                }
                if overlaps || entry.first < from || entry.last >= to {
                    state.pointee.readsTimes = true
                }
            }
        }
        var rows = 0
        for file in files.indices {
            close(file)
            for stretch in stretches[file] { rows += stretch.rows.count }
        }
        buffers.reserve(rows)
        buffers.extra.removeAll()
        readStretches()
    }

    private func close(_ file: Int) {
        let state = states[file]
        guard state.end >= 0 else { return }
        stretches[file].append(Stretch(rows: state.start..<state.end))
        states[file].end = -1
    }

    private func readStretches() {
        var offset = 0
        for file in files.indices {
            for place in stretches[file].indices {
                let rows = stretches[file][place].rows
                do {
                    if states[file].readsTimes {
                        try files[file].readTimes(rows, into: buffers, at: offset)
                    }
                    try files[file].readValues(rows, into: buffers, at: offset)
                    stretches[file][place].shift = offset - rows.lowerBound
                    offset += rows.count
                } catch {
                    snapshot.failures.add(snapshot.files[file].file.path, error)
                    dropExtra(after: offset)
                }
            }
        }
    }

    /// Forgets the texts of rows that were not read to their end.
    private func dropExtra(after rows: Int) {
        guard buffers.columns.contains(.extra) else { return }
        buffers.extra.offsets.removeSubrange((rows + 1)...)
        buffers.extra.bytes.removeSubrange(Int(buffers.extra.offsets[rows])...)
    }

    /// Where in the buffers the rows of an entry stand that lie in the requested time; empty where
    /// the file could not be read. Entries of one file must be asked for in the order of their rows.
    @inline(__always)
    func place(of entry: ScanPlan.Entry) -> Range<Int> {
        let state = states + entry.file
        if state.pointee.end < entry.rows.upperBound { advance(to: entry) }
        guard state.pointee.isReadable else { return 0..<0 }
        var start = entry.rows.lowerBound + state.pointee.shift
        var end = start + entry.rows.count
        if entry.first < from { start = buffers.firstRow(start..<end, notBefore: from) }
        if entry.last >= to { end = buffers.firstRow(start..<end, notBefore: to) }
        return start..<end
    }

    private func advance(to entry: ScanPlan.Entry) {
        let state = states + entry.file
        while state.pointee.end < entry.rows.upperBound {
            let stretch = stretches[entry.file][state.pointee.next]
            state.pointee.end = stretch.rows.upperBound
            state.pointee.isReadable = stretch.shift != nil
            state.pointee.shift = stretch.shift ?? 0
            state.pointee.next += 1
        }
    }
}

extension ColumnBuffers {
    /// The first of the rows, whose times must have been read, that is not before `time`.
    func firstRow(_ rows: Range<Int>, notBefore time: Int64) -> Int {
        var low = rows.lowerBound
        var high = rows.upperBound
        while low < high {
            let middle = (low + high) / 2
            if times[middle] < time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
