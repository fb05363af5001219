import TCCore
import TCTelemetry

/// Counts rows and looks at every value of the columns.
private struct ColumnCount: VehicleVisitor {
    let signals: [Signal]
    var rows = 0
    var present = 0

    mutating func visit(_ rows: VehicleRows) throws {
        self.rows += rows.count
        for signal in signals {
            let values = rows[signal]
            for row in 0..<rows.count where !values[row].isNaN { present += 1 }
        }
    }

    mutating func endVehicle() throws {}
}

/// A store's rows through the engine of all queries: the columns named, or all.
func benchScan(_ arguments: [String]) throws {
    guard let url = arguments.first else {
        throw TCError(.usage, "usage: TCBench scan URL [SIGNAL,… [WORKERS]]")
    }
    let names = arguments.count > 1 ? arguments[1].split(separator: ",").map(String.init) : []
    let signals = try names.map { name in
        guard let signal = Signal(name: name) else {
            throw TCError(.usage, "no signal is called '\(name)'")
        }
        return signal
    }
    let workers = try wholeNumber(arguments, 2, Workers.processorCount)
    let store = try TelemetryStore(url: url)
    let columns =
        signals.isEmpty ? ColumnSet.all : signals.reduce(into: []) { $0.formUnion(.init($1)) }
    let looked = signals.isEmpty ? Signal.allCases : signals
    try measure("scan") {
        let snapshot = try store.snapshot()
        var rows = 0
        try snapshot.scan(
            ScanRequest(columns: columns), workers: workers,
            makeVisitor: { ColumnCount(signals: looked) }, deliver: { rows += $0.rows })
        if let failure = snapshot.failures.errors.first { throw failure }
        return Work(items: rows, bytes: rows * looked.count * 8)
    }
}
