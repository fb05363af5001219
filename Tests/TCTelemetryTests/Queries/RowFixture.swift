import TCWire

@testable import TCTelemetry

/// One message of a vehicle as a test writes it down; what it does not name is absent.
struct FixtureRow {
    var ts: Int64
    var numbers: [Signal: Double] = [:]
    var words: [EnumSignal: String] = [:]
    /// The text of one JSON object, empty for none.
    var extra = ""

    init(
        _ seconds: Double, _ numbers: [Signal: Double] = [:], words: [EnumSignal: String] = [:],
        extra: String = ""
    ) {
        ts = Int64((seconds * 1000).rounded())
        self.numbers = numbers
        self.words = words
        self.extra = extra
    }
}

struct FixtureVehicle {
    let id: String
    var rows: [FixtureRow]
}

/// The same choices in every run, from a seed (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func chance(_ probability: Double) -> Bool {
        Double.random(in: 0..<1, using: &self) < probability
    }
}

/// Hands the rows to a visitor as a scan does, cut into visits at random places.
func visit<V: VehicleVisitor>(
    _ vehicles: [FixtureVehicle], with visitor: inout V, columns: ColumnSet = .all, seed: UInt64 = 1
) throws {
    var random = SeededRandom(seed: seed)
    for vehicle in vehicles {
        var rest = vehicle.rows[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...min(rest.count, 7), using: &random)
            try visit(vehicle.id, Array(rest.prefix(count)), with: &visitor, columns)
            rest = rest.dropFirst(count)
        }
        try visitor.endVehicle()
    }
}

private func visit<V: VehicleVisitor>(
    _ id: String, _ rows: [FixtureRow], with visitor: inout V, _ columns: ColumnSet
) throws {
    let ts = copy(rows.map(\.ts))
    let numbers = Signal.allCases.map { signal in
        columns.contains(signal) ? copy(rows.map { $0.numbers[signal] ?? .nan }) : nil
    }
    let words = EnumSignal.allCases.map { signal in
        columns.contains(signal)
            ? copy(rows.map { code($0.words[signal], of: signal) }) : nil
    }
    var offsets: [UInt32] = [0]
    var bytes: [UInt8] = []
    for row in rows {
        bytes.append(contentsOf: row.extra.utf8)
        offsets.append(UInt32(bytes.count))
    }
    let name = copy(Array(id.utf8))
    let extraOffsets = columns.contains(.extra) ? copy(offsets) : nil
    let extraBytes = columns.contains(.extra) ? copy(bytes + [0]) : nil
    defer {
        ts.deallocate()
        for pointer in numbers { pointer?.deallocate() }
        for pointer in words { pointer?.deallocate() }
        name.deallocate()
        extraOffsets?.deallocate()
        extraBytes?.deallocate()
    }
    try numbers.withUnsafeBufferPointer { numbers in
        try words.withUnsafeBufferPointer { words in
            try visitor.visit(
                VehicleRows(
                    vehicleID: UnsafeBufferPointer(start: name, count: id.utf8.count),
                    count: rows.count, times: ts, newest: rows[rows.count - 1].ts, start: 0,
                    numbers: numbers.baseAddress!, words: words.baseAddress!,
                    extraOffsets: extraOffsets, extraBytes: extraBytes))
        }
    }
}

private func code(_ word: String?, of signal: EnumSignal) -> UInt8 {
    word.map { UInt8(signal.words.firstIndex(of: $0)! + 1) } ?? 0
}

private func copy<T>(_ values: [T]) -> UnsafeMutablePointer<T> {
    let pointer = UnsafeMutablePointer<T>.allocate(capacity: max(1, values.count))
    pointer.initialize(from: values, count: values.count)
    return pointer
}

/// The records of JSON lines.
func records(_ bytes: [UInt8]) throws -> [JSONObject] {
    try String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
        try JSONReader.parse(String($0)).object!
    }
}

func lines(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
}

extension JSONObject {
    func number(_ key: String) -> Double? { self[key]?.number?.double }
    func text(_ key: String) -> String? { self[key]?.string }
}
