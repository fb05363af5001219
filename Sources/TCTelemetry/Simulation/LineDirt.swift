/// Lines that a fleet never sends and a network brings: broken ones, which a reader must reject,
/// and odd ones, which it must take as what they are.
///
/// They stand after the messages of the clean run and change none of them. An odd line repeats the
/// message before it in another spelling, so a reader that rejects what is broken gives the same
/// answers as on the clean run. One line of dirt in eight is odd; one in 4,096 is too long, since
/// that takes a mebibyte each.
struct LineDirt {
    private let threshold: UInt64
    private var random: SplitMix
    private let patterns: [LinePattern]
    private let oddities: [LinePattern]

    /// Nil where the plan asks for none.
    init?(plan: FleetPlan, slice: Int) {
        guard plan.dirty > 0 else { return nil }
        threshold = UInt64(plan.dirty * 4_294_967_296)
        // A stream of its own: dirt must not change what the vehicles do.
        random = SplitMix(seed: ~plan.seed, stream: UInt64(slice))
        patterns = LinePattern.broken
        oddities = LinePattern.odd
    }

    /// Adds a line of dirt, or none, after the message that begins at `start` of `buffer`.
    @inline(__always)
    mutating func follow(
        _ start: Int, _ buffer: LineBuffer, _ summary: inout SimulationSummary
    ) {
        guard random.next() >> 32 < threshold else { return }
        add(start, buffer, &summary)
    }

    private mutating func add(
        _ start: Int, _ buffer: LineBuffer, _ summary: inout SimulationSummary
    ) {
        let message = MessageParts(buffer.bytes, at: start)
        let lot = random.below(4096)
        var line: [UInt8]
        if lot == 0 {
            line = message.tooLong()
        } else if lot % 8 == 1 {
            let pattern = oddities[Int(random.below(Int64(oddities.count)))]
            line = pattern.filled(from: message)
            // Blank lines are no lines to a reader.
            summary.odd += line.contains { $0 != UInt8(ascii: "\r") } ? 1 : 0
        } else if lot % 8 == 2 {
            line = message.truncated(to: Int(random.below(Int64(message.line.count - 1))) + 1)
        } else {
            line = patterns[Int(random.below(Int64(patterns.count)))].filled(from: message)
        }
        if lot % 8 != 1 { summary.broken += 1 }
        line.append(UInt8(ascii: "\n"))
        line.withUnsafeBufferPointer { buffer.append($0) }
    }
}

/// A message's line, taken apart as far as the dirt needs it.
struct MessageParts {
    /// Without its newline.
    let line: [UInt8]
    let vehicleID: ArraySlice<UInt8>
    let ts: ArraySlice<UInt8>
    /// What follows the time, from its comma to the closing brace.
    let rest: ArraySlice<UInt8>

    /// The line of the simulator that begins at `start`: the identity and the time come first and
    /// have their places.
    init(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) {
        line = Array(bytes[start...].prefix { $0 != UInt8(ascii: "\n") })
        let idStart = "{\"vehicle_id\":\"".utf8.count
        vehicleID = line[idStart..<(idStart + VIN.length)]
        let tsStart = vehicleID.endIndex + "\",\"ts\":".utf8.count
        ts = line[tsStart...].prefix { $0 != UInt8(ascii: ",") }
        rest = line[ts.endIndex...]
    }

    func truncated(to count: Int) -> [UInt8] { Array(line.prefix(count)) }

    func tooLong() -> [UInt8] {
        var text = Array(line.dropLast())
        text += Array(",\"note\":\"".utf8)
        text += [UInt8](repeating: UInt8(ascii: "x"), count: LinePattern.tooManyBytes)
        return text + Array("\"}".utf8)
    }
}
