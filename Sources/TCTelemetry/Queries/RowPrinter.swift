import TCCore
import TCWire

/// Prints every row as the message it came from: what `range` and `export` are made of, and valid
/// input of `ingest`.
///
/// It holds some 64 KiB of text at a time, whatever the number of rows.
public struct RowPrinter: VehicleVisitor {
    private let columns: ColumnSet
    private let numbers: [Signal]
    private let words: [EnumSignal]
    private let sink: RecordSink
    private var writer = JSONWriter()

    private static let flushBytes = 1 << 16

    /// - Parameter columns: what to print beside `vehicle_id` and `ts`. Where it is not everything,
    ///   rows that have none of it are left out.
    public init(columns: ColumnSet, sink: @escaping RecordSink) {
        self.columns = columns
        self.sink = sink
        numbers = Signal.allCases.filter { columns.contains($0) }
        words = EnumSignal.allCases.filter { columns.contains($0) }
    }

    public mutating func visit(_ rows: VehicleRows) throws {
        for row in 0..<rows.count where columns == .all || hasValue(rows, row) {
            write(rows, row)
            if writer.count >= RowPrinter.flushBytes { try flush() }
        }
    }

    public mutating func endVehicle() throws {}

    /// Hands out what is left. Call it after the scan.
    public mutating func finish() throws { try flush() }

    private mutating func flush() throws {
        try writer.withBytes(sink)
        writer.reset()
    }

    private func hasValue(_ rows: VehicleRows, _ row: Int) -> Bool {
        for signal in numbers where !rows[signal][row].isNaN { return true }
        for signal in words where rows[signal][row] != 0 { return true }
        return columns.contains(.extra) && rows.extra(row).count > 2
    }

    private mutating func write(_ rows: VehicleRows, _ row: Int) {
        writer.beginObject()
        writer.key("vehicle_id")
        writer.string(utf8: rows.vehicleID)
        writer.key("ts")
        writer.instant(Instant(milliseconds: rows.ts[row]))
        for signal in numbers {
            let value = rows[signal][row]
            if !value.isNaN { writer.number(signal, value) }
        }
        for signal in words {
            let code = rows[signal][row]
            if code != 0 { writer.word(signal, code) }
        }
        if columns.contains(.extra) { writer.rawFields(ofObject: rows.extra(row)) }
        writer.endObject()
        writer.newline()
    }
}

extension JSONWriter {
    /// `"soc_pct":87.5`
    mutating func number(_ signal: Signal, _ value: Double) {
        key(FieldKeys.numbers[signal.rawValue])
        double(value)
    }

    /// `"gear":"D"`; `code` is not 0.
    mutating func word(_ signal: EnumSignal, _ code: UInt8) {
        key(FieldKeys.words[signal.rawValue])
        let text = FieldKeys.quotedWords[signal.rawValue][Int(code) - 1]
        raw(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// A value that was computed, rounded half away from zero to `decimals`; nothing where it is
    /// NaN.
    mutating func rounded(_ name: StaticString, _ value: Double, decimals: Int) {
        guard value.isFinite else { return }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        key(name)
        let result = (value * scale).rounded() / scale
        double(result == 0 ? 0 : result)
    }

    /// A length of time in seconds, exact to the millisecond.
    mutating func seconds(_ name: StaticString, milliseconds: Int64) {
        key(name)
        double(Double(milliseconds) / 1000)
    }
}
