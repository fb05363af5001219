import TCCore
import TCWire

/// One line read the plain way: first its syntax, then each field's last value in the order of first
/// appearance, then what must be there. The only place that rejects.
///
/// It takes every line that the fast path leaves: whatever is wrong, and the right but unusual, such
/// as escapes in a key or a repeated field.
struct CarefulLine {
    enum Outcome {
        case blank, accepted
        case rejected(LineFault)
    }

    private struct Member {
        /// As the object has it, with its quotes; written anew where it had an escape.
        var key: [UInt8]
        var field: Int
        var value: UnsafeBufferPointer<UInt8>
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var numbers: [(field: Int, value: Double)] = []
    private(set) var words: [(field: Int, code: UInt8)] = []
    /// Padded with zeros for readers of whole words.
    private(set) var vehicleID: [UInt8] = []
    private(set) var vehicleIDLength = 0
    private(set) var time: Int64 = 0
    /// The unknown fields as one object, or nil where there are none.
    private(set) var extra: [UInt8]?

    /// A line without its newline, which must follow it, and 16 readable bytes after that.
    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Reads the line; what was accepted stands in the properties.
    mutating func read() -> Outcome {
        if bytes.count > LineLimits.bytes { return .rejected(.tooLong(bytes.count)) }
        let end = bytes.baseAddress! + bytes.count
        var at = bytes.baseAddress!
        skipSpaces(&at)
        if at == end { return .blank }
        guard isUTF8(bytes) else { return .rejected(badUTF8()) }
        guard at.pointee == UInt8(ascii: "{") else { return .rejected(notAnObject(at, end)) }
        var members: [Member] = []
        if let fault = readMembers(&at, end, &members) { return .rejected(fault) }
        return judge(members)
    }

    /// Reads the object at `at`, and nothing but it, into its members, each key once.
    private func readMembers(
        _ at: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ members: inout [Member]
    ) -> LineFault? {
        var places: [[UInt8]: Int] = [:]
        at += 1
        skipSpaces(&at)
        if at.pointee == UInt8(ascii: "}") {
            at += 1
        } else {
            while true {
                let start = at
                guard at.pointee == UInt8(ascii: "\""), skipString(&at) else { return syntax(at) }
                let name = JSONText.decode(
                    UnsafeBufferPointer(start: start + 1, count: at - start - 2))
                skipSpaces(&at)
                guard at.pointee == UInt8(ascii: ":") else { return syntax(at) }
                at += 1
                skipSpaces(&at)
                let value = at
                switch skipValue(&at, depth: 1) {
                case .syntax: return syntax(at)
                case .tooDeep: return tooDeep()
                case nil: break
                }
                let range = UnsafeBufferPointer(start: value, count: at - value)
                if let place = places[name] {
                    members[place].value = range
                } else {
                    places[name] = members.count
                    members.append(
                        Member(
                            key: JSONText.quote(name), field: CarefulLine.field(named: name),
                            value: range))
                }
                skipSpaces(&at)
                if at.pointee == UInt8(ascii: ",") {
                    at += 1
                    skipSpaces(&at)
                    continue
                }
                guard at.pointee == UInt8(ascii: "}") else { return syntax(at) }
                at += 1
                break
            }
        }
        skipSpaces(&at)
        return at == end ? nil : syntax(at)
    }

    private mutating func judge(_ members: [Member]) -> Outcome {
        var present: UInt32 = 0
        for member in members {
            if member.field == Field.unknown {
                keep(member)
                continue
            }
            if isNull(member.value.baseAddress!) { continue }
            if let fault = take(member) { return .rejected(fault) }
            present |= 1 << UInt32(member.field)
        }
        extra?.append(UInt8(ascii: "}"))
        for field in [Field.vehicleID, Field.ts] where present >> UInt32(field) & 1 == 0 {
            return .rejected(.missing(Field.name(field)))
        }
        let (lat, lon) = (Signal.lat.rawValue, Signal.lon.rawValue)
        switch (present >> UInt32(lat) & 1 == 1, present >> UInt32(lon) & 1 == 1) {
        case (true, false): return .rejected(.missing("lon", beside: "lat"))
        case (false, true): return .rejected(.missing("lat", beside: "lon"))
        default: return .accepted
        }
    }

    private mutating func keep(_ member: Member) {
        if extra == nil {
            extra = [UInt8(ascii: "{")]
        } else {
            extra!.append(UInt8(ascii: ","))
        }
        extra! += member.key
        extra!.append(UInt8(ascii: ":"))
        extra! += member.value
    }

    /// Takes the value of one of our fields, which is not null.
    private mutating func take(_ member: Member) -> LineFault? {
        let name = Field.name(member.field)
        let value = member.value
        var at = value.baseAddress!
        switch member.field {
        case Field.vehicleID:
            guard let text = text(value) else {
                return .field(.wrongType, name, mustBe: "a string", got: value)
            }
            guard text.withUnsafeBufferPointer(isVehicleID) else {
                return .field(.badVehicleID, name, mustBe: expectedVehicleID, got: value)
            }
            vehicleID = text + [UInt8](repeating: 0, count: 80 - text.count)
            vehicleIDLength = text.count
        case Field.ts: return takeTime(value, name)
        case Field.words...:
            let words = EnumSignal(rawValue: member.field - Field.words)!.words
            guard let text = text(value) else {
                return .field(.wrongType, name, mustBe: "a string", got: value)
            }
            guard let index = words.firstIndex(where: { Array($0.utf8) == text }) else {
                let expected = "one of " + words.joined(separator: ", ")
                return .field(.unknownWord, name, mustBe: expected, got: value)
            }
            self.words.append((member.field, UInt8(index + 1)))
        default:
            let signal = Signal(rawValue: member.field)!
            guard isNumber(value), let number = anyNumber(&at) else {
                return .field(.wrongType, name, mustBe: "a number", got: value)
            }
            guard signal.range.contains(number) else {
                return .field(.outOfRange, name, mustBe: signal.rangeText, got: value)
            }
            numbers.append((member.field, number))
        }
        return nil
    }

    private mutating func takeTime(
        _ value: UnsafeBufferPointer<UInt8>, _ name: String
    ) -> LineFault? {
        let found: Int64
        if isNumber(value) {
            // The syntax was checked before. A whole number may be written `1e12` or `5.0`.
            let number = (try? JSONReader.parse(value))?.number
            if let whole = number?.int64 {
                found = whole
            } else if let double = number?.double, abs(double) < 0x1p53 {
                return .field(.badTime, name, mustBe: expectedTime, got: value)
            } else {
                found = .max
            }
        } else if let text = text(value) {
            guard let instant = text.withUnsafeBufferPointer({ Instant(rfc3339: $0) }) else {
                return .field(.badTime, name, mustBe: expectedTime, got: value)
            }
            found = instant.milliseconds
        } else {
            return .field(.wrongType, name, mustBe: expectedTime, got: value)
        }
        guard TimeLimits.contains(found) else {
            return .field(.outOfRange, name, mustBe: "from 1970 to 2100", got: value)
        }
        time = found
        return nil
    }

    /// The characters of a string value; nil for a value of another kind.
    private func text(_ value: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard value.first == UInt8(ascii: "\"") else { return nil }
        return JSONText.decode(UnsafeBufferPointer(rebasing: value[1..<(value.count - 1)]))
    }

    private func isNumber(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        value[0] == UInt8(ascii: "-") || isDigit(value[0])
    }

    private static func field(named name: [UInt8]) -> Int {
        (0..<Field.count).first { Array(Field.name($0).utf8) == name } ?? Field.unknown
    }

    private func notAnObject(
        _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
    ) -> LineFault {
        var at = start
        switch skipValue(&at, depth: 0) {
        case .syntax: return syntax(at)
        case .tooDeep: return tooDeep()
        case nil: break
        }
        skipSpaces(&at)
        guard at == end else { return syntax(at) }
        return LineFault(
            reason: .wrongType,
            message: "the line must be a JSON object, got \(LineFault.printable(bytes))")
    }

    private func tooDeep() -> LineFault {
        LineFault(
            reason: .tooDeep,
            message: "arrays and objects are nested deeper than \(Limits.nestingDepth)")
    }

    private func badUTF8() -> LineFault {
        let at = firstBadUTF8(bytes)
        return LineFault(
            reason: .badUTF8,
            message: "byte \(at + 1) is not UTF-8: 0x\(String(bytes[at], radix: 16))")
    }

    private func syntax(_ at: UnsafePointer<UInt8>) -> LineFault {
        let offset = at - bytes.baseAddress!
        guard offset < bytes.count else {
            return LineFault(reason: .jsonSyntax, message: "not JSON: the line ends too soon")
        }
        let rest = UnsafeBufferPointer(rebasing: bytes[offset...].prefix(20))
        return LineFault(
            reason: .jsonSyntax,
            message: "not JSON from byte \(offset + 1): \(LineFault.printable(rest))")
    }
}

private let expectedTime = "whole epoch milliseconds or RFC 3339"
private let expectedVehicleID = "1 to 64 of A-Z a-z 0-9 . _ : -"

extension Signal {
    /// The range in words: `from 0 to 100`.
    var rangeText: String {
        func text(_ value: Double) -> String { String(Int(value)) }
        let huge = Double.greatestFiniteMagnitude
        switch (range.lowerBound, range.upperBound) {
        case (-huge, huge): return "a number that a double can hold"
        case (let lower, huge): return "\(text(lower)) or more"
        case (let lower, let upper): return "from \(text(lower)) to \(text(upper))"
        }
    }
}
