import CScan
import TCCore

// Steps over JSON text strictly by RFC 8259, without building values: what the parser needs for
// fields that it keeps as they came. Every line ends with a newline, which no token may contain, so
// that no step needs a bound.

/// Why a value could not be stepped over.
enum SkipProblem { case syntax, tooDeep }

/// Moves `at` past spaces, tabs and carriage returns; a newline ends the line.
@inline(__always)
func skipSpaces(_ at: inout UnsafePointer<UInt8>) {
    while at.pointee == 0x20 || at.pointee == 0x09 || at.pointee == 0x0d { at += 1 }
}

/// Moves `at` from a string's opening quote past its closing one. On failure `at` stands at the
/// byte that cannot be there.
@inline(__always)
func skipString(_ at: inout UnsafePointer<UInt8>) -> Bool {
    at += 1
    while true {
        let stops = tc_scan_string_stops(at)
        if stops == 0 {
            at += 16
            continue
        }
        at += stops.trailingZeroBitCount
        if at.pointee == UInt8(ascii: "\"") {
            at += 1
            return true
        }
        guard at.pointee == UInt8(ascii: "\\"), skipEscape(&at) else { return false }
    }
}

/// Moves `at` past the escape whose backslash it stands at; past both escapes of a surrogate pair.
/// Half a pair is no character, so a string with one has no meaning, and is refused.
func skipEscape(_ at: inout UnsafePointer<UInt8>) -> Bool {
    switch at[1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
        UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
        at += 2
        return true
    case UInt8(ascii: "u"):
        guard let first = codeUnit(at + 2) else { return false }
        if first & 0xf800 == 0xd800 {
            guard first < 0xdc00, at[6] == UInt8(ascii: "\\"), at[7] == UInt8(ascii: "u"),
                let second = codeUnit(at + 8), second & 0xfc00 == 0xdc00
            else { return false }
            at += 6
        }
        at += 6
        return true
    default: return false
    }
}

/// Four hexadecimal digits.
private func codeUnit(_ p: UnsafePointer<UInt8>) -> UInt32? {
    var value: UInt32 = 0
    for i in 0..<4 {
        // A newline among them ends the line, and this.
        guard let digit = hexDigit(p[i]) else { return nil }
        value = value << 4 | digit
    }
    return value
}

func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 48...57: UInt32(byte - 48)
    case 65...70: UInt32(byte - 55)
    case 97...102: UInt32(byte - 87)
    default: nil
    }
}

/// Moves `at` past a number; false where there is none.
@inline(__always)
func skipNumber(_ at: inout UnsafePointer<UInt8>) -> Bool {
    if at.pointee == UInt8(ascii: "-") { at += 1 }
    let first = at.pointee
    guard isDigit(first) else { return false }
    at += 1
    if first != UInt8(ascii: "0") { while isDigit(at.pointee) { at += 1 } }
    if at.pointee == UInt8(ascii: ".") {
        at += 1
        guard isDigit(at.pointee) else { return false }
        while isDigit(at.pointee) { at += 1 }
    }
    if at.pointee | 0x20 == UInt8(ascii: "e") {
        at += 1
        if at.pointee == UInt8(ascii: "-") || at.pointee == UInt8(ascii: "+") { at += 1 }
        guard isDigit(at.pointee) else { return false }
        while isDigit(at.pointee) { at += 1 }
    }
    return true
}

/// Moves `at` past `null`, `true` or `false`.
@inline(__always)
func skipWord(_ at: inout UnsafePointer<UInt8>) -> Bool {
    let word = load(at)
    if word & lowBytes(4) == 0x6c6c_756e || word & lowBytes(4) == 0x6575_7274 {
        at += 4
        return true
    }
    if word & lowBytes(5) == 0x65_736c_6166 {
        at += 5
        return true
    }
    return false
}

/// Whether `null` stands at `at`.
@inline(__always)
func isNull(_ at: UnsafePointer<UInt8>) -> Bool { load(at) & lowBytes(4) == 0x6c6c_756e }

/// Moves `at` past one value of any kind. `depth` is how many objects and arrays are already open
/// around it. On failure `at` stands at the byte that cannot be there.
func skipValue(_ at: inout UnsafePointer<UInt8>, depth: Int) -> SkipProblem? {
    if let done = skipScalar(&at) { return done ? nil : .syntax }
    return skipNested(&at, depth: depth)
}

/// As `skipValue`, for a string, number or word; nil, and nothing moved, before an object or array.
@inline(__always)
private func skipScalar(_ at: inout UnsafePointer<UInt8>) -> Bool? {
    switch at.pointee {
    case UInt8(ascii: "\""): return skipString(&at)
    case UInt8(ascii: "{"), UInt8(ascii: "["): return nil
    case UInt8(ascii: "-"), 48...57: return skipNumber(&at)
    default: return skipWord(&at)
    }
}

/// The open containers are a stack of bits (set for an object), so that nesting costs no memory.
private func skipNested(_ at: inout UnsafePointer<UInt8>, depth: Int) -> SkipProblem? {
    precondition(Limits.nestingDepth <= 128)
    var stack: UInt128 = 0
    var open = 0
    while true {
        // A value begins here.
        skipSpaces(&at)
        let isObject = at.pointee == UInt8(ascii: "{")
        if let done = skipScalar(&at) {
            guard done else { return .syntax }
        } else {
            guard depth + open < Limits.nestingDepth else { return .tooDeep }
            at += 1
            skipSpaces(&at)
            if at.pointee == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
                at += 1
            } else {
                stack = stack << 1 | (isObject ? 1 : 0)
                open += 1
                if isObject { guard skipKey(&at) else { return .syntax } }
                continue
            }
        }
        // A value has ended: close what ends with it, then go on to the next.
        while true {
            if open == 0 { return nil }
            skipSpaces(&at)
            let inObject = stack & 1 == 1
            if at.pointee == UInt8(ascii: ",") {
                at += 1
                skipSpaces(&at)
                if inObject { guard skipKey(&at) else { return .syntax } }
                break
            }
            guard at.pointee == (inObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                return .syntax
            }
            at += 1
            stack >>= 1
            open -= 1
        }
    }
}

/// Moves `at` past a key and its colon.
private func skipKey(_ at: inout UnsafePointer<UInt8>) -> Bool {
    guard at.pointee == UInt8(ascii: "\""), skipString(&at) else { return false }
    skipSpaces(&at)
    guard at.pointee == UInt8(ascii: ":") else { return false }
    at += 1
    return true
}
