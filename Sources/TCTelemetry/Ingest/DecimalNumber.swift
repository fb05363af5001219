import CScan
import Glibc

// JSON numbers to the nearest double, ties to even, for every text that the grammar allows.
//
// Most telemetry numbers are a few digits around a point. For these, one 16-byte comparison finds
// both ends, and the value is an exact integer divided by an exact power of ten, which rounds once
// and so is right (W. D. Clinger, "How to read floating point numbers accurately"). Everything else
// goes by way of the same idea with an exponent, or to `strtod`, which is exact in glibc.

/// 10^0 … 10^22: the powers of ten that a double holds exactly.
struct PowersOfTen: @unchecked Sendable {
    let doubles: UnsafePointer<Double>
    let integers: UnsafePointer<UInt64>

    static let shared = PowersOfTen()

    private init() {
        let doubles = UnsafeMutablePointer<Double>.allocate(capacity: 23)
        let integers = UnsafeMutablePointer<UInt64>.allocate(capacity: 20)
        var value = 1.0
        for i in 0...22 {
            (doubles + i).initialize(to: value)
            value *= 10
        }
        var whole: UInt64 = 1
        for i in 0..<20 {
            (integers + i).initialize(to: whole)
            whole = whole &* 10
        }
        self.doubles = UnsafePointer(doubles)
        self.integers = UnsafePointer(integers)
    }
}

/// The value of eight ASCII digits, the first in the lowest byte; a zero byte counts as the digit 0.
@inline(__always)
func eightDigits(_ word: UInt64) -> UInt64 {
    var value = ((word & 0x0F0F_0F0F_0F0F_0F0F) &* 2561) &>> 8
    value = ((value & 0x00FF_00FF_00FF_00FF) &* 6_553_601) &>> 16
    return ((value & 0x0000_FFFF_0000_FFFF) &* 42_949_672_960_001) &>> 32
}

/// Reads `-?D.F` or `-?D` with at most eight digits on each side, 14 in all; NaN, and nothing moved,
/// for any other text. The caller checks what follows the number.
@inline(__always)
func plainNumber(_ at: inout UnsafePointer<UInt8>, _ powers: PowersOfTen) -> Double {
    let negative = at.pointee == UInt8(ascii: "-")
    let first = at + (negative ? 1 : 0)
    let stops = tc_scan_nondigits(first)
    let whole = (stops | 0x1_0000).trailingZeroBitCount
    // A leading zero stands alone.
    guard UInt(bitPattern: whole &- 1) < 8, whole == 1 || first.pointee != UInt8(ascii: "0")
    else { return .nan }
    var mantissa = eightDigits(load(first) &<< UInt64(64 &- 8 &* whole))
    let magnitude: Double
    if first[whole] == UInt8(ascii: ".") {
        let end = ((stops & (stops &- 1)) | 0x1_0000).trailingZeroBitCount
        let digits = end &- whole &- 1
        guard UInt(bitPattern: digits &- 1) < 8, end < 16 else { return .nan }
        let fraction = eightDigits(load(first + whole + 1) &<< UInt64(64 &- 8 &* digits))
        mantissa = mantissa &* powers.integers[digits] &+ fraction
        magnitude = Double(Int64(bitPattern: mantissa)) / powers.doubles[digits]
        at = first + end
    } else {
        magnitude = Double(Int64(bitPattern: mantissa))
        at = first + whole
    }
    return Double(bitPattern: magnitude.bitPattern | (negative ? 1 << 63 : 0))
}

/// Reads any JSON number; nil, and nothing moved, where the text is none. Too large a number is
/// infinite, too small a one zero.
///
/// The text must be followed by a byte that ends a number, as every line's newline does.
func anyNumber(_ at: inout UnsafePointer<UInt8>) -> Double? {
    let start = at
    var p = at
    let negative = p.pointee == UInt8(ascii: "-")
    if negative { p += 1 }
    var mantissa: UInt64 = 0
    // Significant digits taken into the mantissa; past 19 it would overflow.
    var digits = 0
    var exponent = 0
    let firstDigit = p
    while isDigit(p.pointee) {
        take(p.pointee, &mantissa, &digits)
        p += 1
    }
    let whole = p - firstDigit
    guard whole >= 1, whole == 1 || firstDigit.pointee != UInt8(ascii: "0") else { return nil }
    if p.pointee == UInt8(ascii: ".") {
        p += 1
        let firstFraction = p
        while isDigit(p.pointee) {
            take(p.pointee, &mantissa, &digits)
            p += 1
        }
        guard p > firstFraction else { return nil }
        exponent = -(p - firstFraction)
    }
    if p.pointee | 0x20 == UInt8(ascii: "e") {
        p += 1
        let down = p.pointee == UInt8(ascii: "-")
        if down || p.pointee == UInt8(ascii: "+") { p += 1 }
        guard isDigit(p.pointee) else { return nil }
        var power = 0
        while isDigit(p.pointee) {
            // Far beyond any double; stops the sum from overflowing on absurd exponents.
            if power < 100_000_000 { power = power * 10 + Int(p.pointee &- 48) }
            p += 1
        }
        exponent += down ? -power : power
    }
    at = p
    if digits <= 19, mantissa <= 1 << 53, exponent >= -22, exponent <= 22 {
        let powers = PowersOfTen.shared.doubles
        let value = Double(mantissa)
        let magnitude = exponent < 0 ? value / powers[-exponent] : value * powers[exponent]
        return negative ? -magnitude : magnitude
    }
    return UnsafeRawPointer(start).withMemoryRebound(to: CChar.self, capacity: p - start) {
        strtod($0, nil)
    }
}

@inline(__always)
private func take(_ digit: UInt8, _ mantissa: inout UInt64, _ digits: inout Int) {
    if digits == 0, digit == 48 { return }
    digits += 1
    if digits <= 19 { mantissa = mantissa * 10 + UInt64(digit &- 48) }
}

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
