import TCCore
import TCTelemetry
import TCWire

/// The plain reader of telemetry lines: TCWire's strict reader, a dictionary of fields, no tricks.
/// What the hot parser does is held against it. TCBench's fuzzer shares this file.
enum IngestOracle {
    /// Whether `outcome` is what the plain reader makes of `line`; if not, what it makes of it.
    static func disagreement(_ line: [UInt8], _ outcome: LineOutcome) -> String? {
        let expected = read(line)
        switch (expected, outcome) {
        case (.blank, .blank): return nil
        case (.rejected(let a), .rejected(let b, _)) where a == b: return nil
        case (.accepted(var a, let extra), .accepted(var b)):
            // Unknown fields are compared by value: the plain reader does not keep their text.
            let text =
                b.extra.isEmpty ? JSONValue.object(JSONObject()) : try? JSONReader.parse(b.extra)
            a.extra = []
            b.extra = []
            if a == b, text == .object(extra) { return nil }
        default: break
        }
        return "\(expected)"
    }

    enum Expected {
        case blank
        case rejected(RejectionReason)
        case accepted(LineRow, extra: JSONObject)
    }

    static func read(_ line: [UInt8]) -> Expected {
        if line.count > Limits.lineBytes { return .rejected(.lineTooLong) }
        if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }) { return .blank }
        guard String(validating: line, as: UTF8.self) != nil else { return .rejected(.badUTF8) }
        let value: JSONValue
        do {
            value = try JSONReader.parse(line)
        } catch {
            return .rejected(error.message.contains("nests deeper") ? .tooDeep : .jsonSyntax)
        }
        guard let object = value.object else { return .rejected(.wrongType) }
        return judge(object)
    }

    private static func judge(_ object: JSONObject) -> Expected {
        var row = LineRow()
        var extra = JSONObject()
        var hasVehicle = false
        var hasTime = false
        for member in object.members {
            let value = member.value
            if member.key == "vehicle_id" {
                if value.isNull { continue }
                guard let text = value.string else { return .rejected(.wrongType) }
                let allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-"
                guard (1...64).contains(text.utf8.count), text.allSatisfy({ allowed.contains($0) })
                else { return .rejected(.badVehicleID) }
                row.vehicleID = text
                hasVehicle = true
            } else if member.key == "ts" {
                if value.isNull { continue }
                switch time(value) {
                case .success(let milliseconds): row.ts = milliseconds
                case .failure(let refusal): return .rejected(refusal.reason)
                }
                hasTime = true
            } else if let signal = Signal(name: member.key) {
                if value.isNull { continue }
                guard let number = value.number else { return .rejected(.wrongType) }
                guard let double = number.double, signal.range.contains(double) else {
                    return .rejected(.outOfRange)
                }
                row.numbers[signal.rawValue] = double.bitPattern
            } else if let signal = EnumSignal(name: member.key) {
                if value.isNull { continue }
                guard let text = value.string else { return .rejected(.wrongType) }
                guard let index = signal.words.firstIndex(of: text) else {
                    return .rejected(.unknownWord)
                }
                row.words[signal.rawValue] = UInt8(index + 1)
            } else {
                extra[member.key] = value
            }
        }
        guard hasVehicle, hasTime else { return .rejected(.missingField) }
        let hasLat = row.numbers[Signal.lat.rawValue] != nil
        let hasLon = row.numbers[Signal.lon.rawValue] != nil
        guard hasLat == hasLon else { return .rejected(.missingField) }
        return .accepted(row, extra: extra)
    }

    private struct Refusal: Error {
        let reason: RejectionReason
    }

    private static func time(_ value: JSONValue) -> Result<Int64, Refusal> {
        let milliseconds: Int64
        switch value {
        case .number(let number):
            if let whole = number.int64 {
                milliseconds = whole
            } else if let double = number.double, abs(double) < 0x1p53 {
                return .failure(Refusal(reason: .badTime))
            } else {
                return .failure(Refusal(reason: .outOfRange))
            }
        case .string(let text):
            // A bare day or digits are times for people, not for messages.
            guard text.utf8.count >= 20, let instant = Instant(text) else {
                return .failure(Refusal(reason: .badTime))
            }
            milliseconds = instant.milliseconds
        default: return .failure(Refusal(reason: .wrongType))
        }
        let accepted = 0..<Day(year: 2101, month: 1, day: 1)!.start.milliseconds
        return accepted.contains(milliseconds)
            ? .success(milliseconds) : .failure(Refusal(reason: .outOfRange))
    }
}
