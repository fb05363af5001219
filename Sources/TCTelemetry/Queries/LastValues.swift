import TCCore
import TCWire

/// The last known value of every signal of every vehicle, merged from sparse messages: one record a
/// vehicle, valid input of `ingest`.
///
/// Rows are looked at from the newest back, so a signal that every message carries costs one look.
public struct LastValues: RecordVisitor {
    /// The records of the vehicles seen, in their order.
    public private(set) var records = JSONWriter()

    private let columns: ColumnSet
    private let writesTimes: Bool
    private let numbers: [Signal]
    private let words: [EnumSignal]

    private var vehicleID: [UInt8] = []
    private var newest: Int64 = 0
    private var values = [Double](repeating: .nan, count: Signal.count)
    private var valueTimes = [Int64](repeating: 0, count: Signal.count)
    private var codes = [UInt8](repeating: 0, count: EnumSignal.count)
    private var codeTimes = [Int64](repeating: 0, count: EnumSignal.count)
    private var extra = LastExtraFields()

    /// - Parameters:
    ///   - columns: the signals to print; a vehicle that has none of them has no record.
    ///   - writesTimes: whether each record ends with `times`, an object of each value's time.
    public init(columns: ColumnSet, writesTimes: Bool) {
        self.columns = columns
        self.writesTimes = writesTimes
        numbers = Signal.allCases.filter { columns.contains($0) }
        words = EnumSignal.allCases.filter { columns.contains($0) }
    }

    public mutating func visit(_ rows: VehicleRows) throws {
        if vehicleID.isEmpty { vehicleID.append(contentsOf: rows.vehicleID) }
        newest = rows.ts[rows.count - 1]
        for signal in numbers {
            let column = rows[signal]
            var row = rows.count - 1
            while row >= 0, column[row].isNaN { row -= 1 }
            guard row >= 0 else { continue }
            values[signal.rawValue] = column[row]
            valueTimes[signal.rawValue] = rows.ts[row]
        }
        for signal in words {
            let column = rows[signal]
            var row = rows.count - 1
            while row >= 0, column[row] == 0 { row -= 1 }
            guard row >= 0 else { continue }
            codes[signal.rawValue] = column[row]
            codeTimes[signal.rawValue] = rows.ts[row]
        }
        if columns.contains(.extra) { extra.take(rows) }
    }

    public mutating func endVehicle() throws {
        // None of its rows may lie in the time asked for.
        guard !vehicleID.isEmpty else { return }
        let hasValue =
            columns == .all || !extra.isEmpty || codes.contains { $0 != 0 }
            || values.contains { !$0.isNaN }
        if hasValue { write() }
        vehicleID.removeAll(keepingCapacity: true)
        for signal in numbers { values[signal.rawValue] = .nan }
        for signal in words { codes[signal.rawValue] = 0 }
        extra.reset()
    }

    private mutating func write() {
        extra.finish()
        records.beginObject()
        records.key("vehicle_id")
        vehicleID.withUnsafeBufferPointer { records.string(utf8: $0) }
        records.key("ts")
        records.instant(Instant(milliseconds: newest))
        for signal in numbers where !values[signal.rawValue].isNaN {
            records.number(signal, values[signal.rawValue])
        }
        for signal in words where codes[signal.rawValue] != 0 {
            records.word(signal, codes[signal.rawValue])
        }
        // A field of the vehicle's own that is called `times` would stand beside ours.
        extra.write(to: &records, except: writesTimes ? "times" : nil)
        if writesTimes { writeTimes() }
        records.endObject()
        records.newline()
    }

    private mutating func writeTimes() {
        records.key("times")
        records.beginObject()
        for signal in numbers where !values[signal.rawValue].isNaN {
            records.key(FieldKeys.numbers[signal.rawValue])
            records.instant(Instant(milliseconds: valueTimes[signal.rawValue]))
        }
        for signal in words where codes[signal.rawValue] != 0 {
            records.key(FieldKeys.words[signal.rawValue])
            records.instant(Instant(milliseconds: codeTimes[signal.rawValue]))
        }
        extra.writeTimes(to: &records, except: "times")
        records.endObject()
    }
}

/// The newest value of each unknown field of one vehicle.
struct LastExtraFields {
    private struct Field {
        /// With its quotes.
        var key: [UInt8]
        var value: [UInt8]
        var time: Int64
        /// The visit that set the value: rows come newest first within a visit, oldest visit first.
        var visit: Int
    }

    private var fields: [Field] = []
    private var indexByKey: [[UInt8]: Int] = [:]
    private var visit = 0
    private var text: [UInt8] = []

    var isEmpty: Bool { fields.isEmpty }

    mutating func reset() {
        fields.removeAll(keepingCapacity: true)
        indexByKey.removeAll(keepingCapacity: true)
        visit = 0
    }

    mutating func take(_ rows: VehicleRows) {
        visit += 1
        var newer = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        for row in stride(from: rows.count - 1, through: 0, by: -1) {
            let object = rows.extra(row)
            // Messages often repeat what the one before said.
            if object.count <= 2 || isEqual(object, newer) { continue }
            newer = object
            var members = ExtraFields(object)
            // The place where a key stood in the last message is where it stands in most.
            var guess = 0
            while let (key, value) = members.next() {
                let index = find(UnsafeBufferPointer(rebasing: object[key]), guess: guess)
                guess = index + 1
                guard fields[index].visit != visit else { continue }
                fields[index].visit = visit
                fields[index].time = rows.ts[row]
                fields[index].value.replaceSubrange(
                    0..., with: UnsafeBufferPointer(rebasing: object[value]))
            }
        }
    }

    /// The index of the field named `key`, made where there is none yet.
    private mutating func find(_ key: UnsafeBufferPointer<UInt8>, guess: Int) -> Int {
        if guess < fields.count, isSame(fields[guess].key, key) { return guess }
        let name = Array(key)
        if let index = indexByKey[name] { return index }
        indexByKey[name] = fields.count
        fields.append(Field(key: name, value: [], time: 0, visit: 0))
        return fields.count - 1
    }

    /// Ends the vehicle: brings the fields into the order of their keys, the only one that does not
    /// depend on where visits were cut. Only writing and `reset` may follow.
    mutating func finish() {
        fields.sort { $0.key.lexicographicallyPrecedes($1.key) }
    }

    /// - Parameter name: a field to leave out.
    mutating func write(to records: inout JSONWriter, except name: String?) {
        let left = name.map { Array("\"\($0)\"".utf8) }
        text.removeAll(keepingCapacity: true)
        text.append(UInt8(ascii: "{"))
        for field in fields where field.key != left {
            if text.count > 1 { text.append(UInt8(ascii: ",")) }
            text.append(contentsOf: field.key)
            text.append(UInt8(ascii: ":"))
            text.append(contentsOf: field.value)
        }
        text.append(UInt8(ascii: "}"))
        text.withUnsafeBufferPointer { records.rawFields(ofObject: $0) }
    }

    /// The time of each field as members of the object that is being written.
    mutating func writeTimes(to records: inout JSONWriter, except name: String?) {
        let left = name.map { Array("\"\($0)\"".utf8) }
        text.removeAll(keepingCapacity: true)
        text.append(UInt8(ascii: "{"))
        for field in fields where field.key != left {
            if text.count > 1 { text.append(UInt8(ascii: ",")) }
            text.append(contentsOf: field.key)
            text.append(contentsOf: ":\"\(Instant(milliseconds: field.time))\"".utf8)
        }
        text.append(UInt8(ascii: "}"))
        text.withUnsafeBufferPointer { records.rawFields(ofObject: $0) }
    }
}

private func isEqual(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    a.count == b.count && a.elementsEqual(b)
}

private func isSame(_ a: [UInt8], _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    a.count == b.count && a.elementsEqual(b)
}
