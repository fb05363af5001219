/// How many columns of a terminal a text takes.
///
/// The C library's `wcwidth` depends on the locale, and in the C locale knows only ASCII.
///
/// - Parameter utf8: valid, without control characters.
func displayWidth(_ utf8: [UInt8]) -> Int {
    if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
    return String(decoding: utf8, as: UTF8.self).reduce(0) { $0 + width(of: $1) }
}

/// What a person sees as one character is as wide as its first scalar; combining marks, joiners and
/// skin tones after it take no room.
private func width(of character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    // Alone, without a base, a mark takes no room; nor does an invisible one.
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    // U+FE0F asks for the picture rather than the sign; two regional indicators are one flag.
    if first.properties.isEmojiPresentation || scalars.dropFirst().first == "\u{FE0F}" { return 2 }
    return isWide(first) ? 2 : 1
}

/// East Asian Wide and Fullwidth (Unicode Standard Annex 11), in whole blocks: what lies unassigned
/// within them is wide by the annex too.
private func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
        0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265,
        0x20000...0x3FFFD:
        true
    default: false
    }
}
