/// The list in `tracestate` (W3C Trace Context, section 3.3).
enum TraceState {
    /// The fields joined into one list without empty members; nil where nothing is left or where any
    /// member is malformed: a list that was damaged on the way helps nobody.
    static func joined(_ fields: [String]) -> String? {
        var members: [Substring] = []
        for field in fields {
            for part in field.split(separator: ",") {
                let member = trimmed(part)
                if member.isEmpty { continue }
                guard members.count < 32, isMember(member.utf8) else { return nil }
                members.append(member)
            }
        }
        return members.isEmpty ? nil : members.joined(separator: ",")
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        var text = text.drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        return text
    }

    private static func isMember(_ member: Substring.UTF8View) -> Bool {
        guard let equals = member.firstIndex(of: UInt8(ascii: "=")) else { return false }
        return isKey(member[..<equals]) && isValue(member[member.index(after: equals)...])
    }

    /// `vendor`, or `tenant@vendor`. A digit may come first, as level 2 allows.
    private static func isKey(_ key: Substring.UTF8View) -> Bool {
        guard key.allSatisfy(isKeyByte) else { return false }
        let parts = key.split(
            separator: UInt8(ascii: "@"), maxSplits: 2, omittingEmptySubsequences: false)
        switch parts.count {
        case 1: return (1...256).contains(key.count) && isLetterOrDigit(key.first)
        case 2:
            return (1...241).contains(parts[0].count) && (1...14).contains(parts[1].count)
                && isLetterOrDigit(parts[0].first) && isLetter(parts[1].first)
        default: return false
        }
    }

    private static func isValue(_ value: Substring.UTF8View) -> Bool {
        (1...256).contains(value.count)
            && value.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "=") }
    }

    private static func isLetter(_ byte: UInt8?) -> Bool {
        byte.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) } ?? false
    }

    private static func isLetterOrDigit(_ byte: UInt8?) -> Bool {
        isLetter(byte) || byte.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
    }

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"),
            UInt8(ascii: "@"):
            true
        default: isLetterOrDigit(byte)
        }
    }
}
