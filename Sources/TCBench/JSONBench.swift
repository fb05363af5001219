import TCCore
import TCWire

/// Every line of a file as a `JSONValue`: the general reader that all families but the telemetry
/// path use.
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
}
