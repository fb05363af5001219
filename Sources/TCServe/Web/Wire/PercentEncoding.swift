/// Percent-encoding (RFC 3986, section 2.1).
enum PercentEncoding {
    /// The text that is meant; nil where a percent sign is not followed by two hexadecimal digits, or
    /// where the bytes are not UTF-8 or hold a NUL.
    ///
    /// - Parameter plusIsBlank: as in queries that forms make.
    static func decode(_ text: Substring, plusIsBlank: Bool = false) -> String? {
        if !text.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) {
            return String(text)
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit),
                    let low = rest.popFirst().flatMap(digit), high << 4 | low != 0
                else { return nil }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsBlank: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// The first value of each of `names` in a query; absent ones are left out.
    ///
    /// - Returns: nil where one that is asked for is not valid.
    static func query(_ text: Substring, _ names: some Collection<String>) -> [String: String]? {
        var values: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let name = pair.prefix { $0 != "=" }
            guard let known = names.first(where: { decode(name, plusIsBlank: true) == $0 }),
                values[known] == nil
            else { continue }
            guard let value = decode(pair.dropFirst(name.count + 1), plusIsBlank: true) else {
                return nil
            }
            values[known] = value
        }
        return values
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 48
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - 87
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - 55
        default: nil
        }
    }
}
