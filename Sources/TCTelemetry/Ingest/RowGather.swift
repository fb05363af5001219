/// Copies columns of a sorted batch into the order of its rows.
///
/// A batch's columns are larger than the caches, and the rows of one vehicle lie as far apart in them
/// as there are vehicles. Gathered in the order of ids, every value costs a line of memory. Vehicles
/// whose numbers follow each other mostly sent one after the other, so their rows lie side by side:
/// gathered in the order of numbers, eight of them share a line. `tc telemetry ingest` of 6 M lines
/// takes 1.07 s with it and 1.20 without.
struct RowGather {
    private let order: UnsafePointer<UInt32>
    private let runs: [BatchRun]
    /// Indexes of `runs` in the order of their vehicles' numbers.
    private let byNumber: [UInt32]

    /// - Parameters:
    ///   - order: where each row stands in the batch's columns; must live as long as this.
    ///   - runs: the vehicles of the rows, each once.
    init(_ order: UnsafePointer<UInt32>, _ runs: [BatchRun]) {
        self.order = order
        self.runs = runs
        let none = UInt32.max
        let most = runs.reduce(0) { max($0, $1.code) }
        var places = [UInt32](repeating: none, count: Int(most) + 1)
        for (index, run) in runs.enumerated() { places[Int(run.code)] = UInt32(index) }
        byNumber = places.filter { $0 != none }
    }

    /// Calls `body` with the index of each run in the order in which columns are best read.
    func forEachRun(_ body: (Int, BatchRun) -> Void) {
        for index in byNumber { body(Int(index), runs[Int(index)]) }
    }

    /// Copies the values of all rows to `target`, which has room for them.
    func copy<T: BitwiseCopyable>(
        _ source: UnsafePointer<T>, to target: UnsafeMutablePointer<T>
    ) {
        for index in byNumber {
            for place in runs[Int(index)].rows { target[place] = source[Int(order[place])] }
        }
    }
}
