/// `text` as it may stand anywhere in a URI: all bytes but letters, digits and `-._~` as `%XX`
/// (RFC 3986, section 2.3).
public func percentEncoded(_ text: some StringProtocol) -> String {
    let hexadecimal = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            result.append(byte)
        default:
            result += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
        }
    }
    return String(decoding: result, as: UTF8.self)
}

/// `name=value` pairs joined by `&`, as the query of a URI and as a form's body
/// (`application/x-www-form-urlencoded`, where `%20` is read like `+`).
public func queryEncoded(_ pairs: [(name: String, value: String)]) -> String {
    pairs.map { "\(percentEncoded($0.name))=\(percentEncoded($0.value))" }.joined(separator: "&")
}
