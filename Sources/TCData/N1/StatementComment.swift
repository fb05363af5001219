/// What sqlcommenter writes into a statement's comments:
/// `/*route='%2Fvehicles',traceparent='00-…-…-01'*/`.
struct StatementComment {
    /// The first value of each key, decoded.
    private(set) var tags: [String: String] = [:]

    init(of statement: ScannedSQL) {
        for comment in statement.comments where statement.bytes[comment.lowerBound] == slash {
            read(statement.bytes[(comment.lowerBound + 2)..<(comment.upperBound - 2)])
        }
    }

    /// The id of the trace, 32 hexadecimal digits; nil where there is no valid one.
    var trace: String? {
        guard let parts = tags["traceparent"]?.split(separator: "-"), parts.count >= 4,
            parts[1].utf8.count == 32, parts[1].utf8.allSatisfy({ hexadecimal($0) != nil }),
            parts[1].utf8.contains(where: { $0 != UInt8(ascii: "0") })
        else { return nil }
        return parts[1].lowercased()
    }

    /// The place in the program, by the keys that frameworks write.
    var caller: String? {
        if let route = tags["route"] { return route }
        if let action = tags["action"] {
            return tags["controller"].map { "\($0)#\(action)" } ?? action
        }
        return tags["controller"] ?? tags["job"] ?? tags["application"]
    }

    /// Takes the pairs of a comment; one of another kind has none.
    private mutating func read(_ text: ArraySlice<UInt8>) {
        var rest = text.drop { $0 == UInt8(ascii: " ") }
        while let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
            let key = rest[..<equals]
            rest = rest[(equals + 1)...]
            guard rest.popFirst() == UInt8(ascii: "'") else { return }
            var value: [UInt8] = []
            while let byte = rest.popFirst(), byte != UInt8(ascii: "'") {
                if byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() {
                    value.append(escaped)
                } else {
                    value.append(byte)
                }
            }
            let name = StatementComment.decoded(Array(key))
            if tags[name] == nil { tags[name] = StatementComment.decoded(value) }
            guard rest.popFirst() == UInt8(ascii: ",") else { return }
            rest = rest.drop { $0 == UInt8(ascii: " ") }
        }
    }

    /// With each `%XX` as its byte.
    private static func decoded(_ text: [UInt8]) -> String {
        var bytes: [UInt8] = []
        var place = 0
        while place < text.count {
            if text[place] == UInt8(ascii: "%"), place + 2 < text.count,
                let high = hexadecimal(text[place + 1]), let low = hexadecimal(text[place + 2])
            {
                bytes.append(high << 4 | low)
                place += 3
            } else {
                bytes.append(text[place])
                place += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

private let slash = UInt8(ascii: "/")

private func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch lowercased(byte) {
    case let digit where isDigit(digit): digit - 48
    case let letter where (0x61...0x66).contains(letter): letter - 87
    default: nil
    }
}
