import TCCore
import TCWire

/// Every line of a file as a `JSONValue`: the general reader that all families but the telemetry
/// path use; then the same lines only checked, and the values of the first of them written back.
func benchJSON(_ arguments: [String]) throws {
    guard let path = arguments.first else {
        throw TCError(.usage, "usage: TCBench json FILE")
    }
    let bytes = try contents(of: path)
    try measure("json") {
        var lines = 0
        try bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = UnsafeBufferPointer(rebasing: bytes[start..<end])
                do { _ = try JSONReader.parse(line) } catch {
                    throw TCError(.badInput, "line \(lines + 1): \(error)")
                }
                lines += 1
                start = end + 1
            }
        }
        return Work(items: lines, bytes: bytes.count)
    }
    try measure("json check") {
        var lines = 0
        try bytes.withUnsafeBufferPointer { bytes in
            var scanner = JSONScanner(bytes)
            scanner.skipWhitespace()
            while scanner.position < bytes.count {
                do { _ = try scanner.skipValue() } catch {
                    throw TCError(.badInput, "\(error)")
                }
                scanner.skipWhitespace()
                lines += 1
            }
        }
        return Work(items: lines, bytes: bytes.count)
    }
    // So many that their values stay within some megabytes.
    let values = try bytes.prefix(4 << 20).split(separator: UInt8(ascii: "\n")).dropLast()
        .map { try JSONReader.parse(Array($0)) }
    try measure("json write") {
        var writer = JSONWriter()
        for value in values {
            writer.value(value)
            writer.newline()
        }
        return Work(items: values.count, bytes: writer.count)
    }
    let numbers = values.flatMap { $0.object?.members.compactMap { $0.value.number?.double } ?? [] }
    try measure("json doubles") {
        var writer = JSONWriter()
        writer.beginArray()
        for number in numbers { writer.double(number) }
        writer.endArray()
        return Work(items: numbers.count, bytes: writer.count)
    }
}
