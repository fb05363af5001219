/// `text` as it stands between tags or in a quoted attribute of XML 1.0: `&`, `<`, `>` and `"` escaped,
/// and control characters, which XML cannot hold at all, as U+FFFD.
public func xmlEscaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
        case "\0"..<" ": result += "\u{FFFD}"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}
