import TCCore

@testable import TCTelemetry

/// A run's whole output, for tests.
func simulated(
    _ plan: FleetPlan, workers: Int = 2
) throws -> (bytes: [UInt8], summary: SimulationSummary) {
    var bytes: [UInt8] = []
    let summary = try FleetSimulation(plan).run(workers: workers) { bytes += $0 }
    return (bytes, summary)
}

/// A message as the simulator writes it, read by a reader that knows no more than that it is one
/// flat object without escapes. Absent numbers are NaN, absent words empty.
struct PlainMessage {
    private(set) var vehicle = ""
    private(set) var ts: Int64 = -1
    private(set) var isFull = false
    private var numbers = [Double](repeating: .nan, count: Signal.count)
    private var words = [String](repeating: "", count: EnumSignal.count)

    subscript(_ signal: Signal) -> Double { numbers[signal.rawValue] }
    subscript(_ signal: EnumSignal) -> String { words[signal.rawValue] }

    private static let signals = Dictionary(
        uniqueKeysWithValues: Signal.names.enumerated().map { ($1, $0) })

    /// Nil for what is not such an object of known fields.
    init?(_ line: ArraySlice<UInt8>) {
        guard line.starts(with: "{\"".utf8), line.last == UInt8(ascii: "}") else { return nil }
        var at = line.startIndex + 1
        while at < line.endIndex {
            guard let colon = line[at...].firstIndex(of: UInt8(ascii: ":")) else { return nil }
            let name = String(decoding: line[(at + 1)..<(colon - 1)], as: UTF8.self)
            let end = line[colon...].firstIndex(of: UInt8(ascii: ",")) ?? line.endIndex - 1
            let text = String(decoding: line[(colon + 1)..<end], as: UTF8.self)
            let word = String(text.dropFirst().dropLast())
            if let signal = PlainMessage.signals[name] {
                guard let value = Double(text) else { return nil }
                numbers[signal] = value
            } else if let signal = EnumSignal(name: name) {
                guard signal.words.contains(word) else { return nil }
                words[signal.rawValue] = word
            } else if name == "vehicle_id" {
                vehicle = word
            } else if name == "ts" {
                guard let value = Int64(text) else { return nil }
                ts = value
            } else if name == "firmware" {
                isFull = true
            } else {
                return nil
            }
            at = end + 1
        }
        guard ts >= 0, !vehicle.isEmpty else { return nil }
    }
}

/// The run's messages in the order of its lines.
func messages(_ plan: FleetPlan) throws -> [PlainMessage] {
    try simulated(plan).bytes.split(separator: UInt8(ascii: "\n")).map {
        guard let message = PlainMessage($0) else {
            throw TCError(.bug, "not a message: \(String(decoding: $0, as: UTF8.self))")
        }
        return message
    }
}

/// Each vehicle's messages in the order of their times, repetitions left out.
func lives(_ plan: FleetPlan) throws -> [[PlainMessage]] {
    var lives: [String: [Int64: PlainMessage]] = [:]
    for message in try messages(plan) { lives[message.vehicle, default: [:]][message.ts] = message }
    return lives.sorted { $0.key < $1.key }.map { $0.value.values.sorted { $0.ts < $1.ts } }
}

/// What broke a rule, and when; an expectation for each of a million values would take minutes.
struct Faults {
    private(set) var list: [String] = []
    mutating func check(_ rule: String, _ message: PlainMessage, _ holds: Bool) {
        if !holds { list.append("\(rule): \(message.vehicle) \(message.ts)") }
    }
}
