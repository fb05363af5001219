import TCAuth
import TCCore
import TCWire

/// Lines with tokens, gathered so that several threads can check them, and what became of each.
struct TokenBatch {
    /// What is gathered before it is checked: enough that handing it out costs nothing, so little that
    /// it stays in the processor's cache.
    static let mostLines = 2048
    static let mostBytes = 2 << 20

    /// One line of input.
    struct Line {
        /// In `bytes`, without the line's end.
        var range: Range<Int>
        var number: Int
        var source: Int
        var fault: LineFault?
    }

    private(set) var lines: [Line] = []
    private var bytes: [UInt8] = []

    var isEmpty: Bool { lines.isEmpty }
    var isFull: Bool { lines.count >= TokenBatch.mostLines || bytes.count >= TokenBatch.mostBytes }

    mutating func append(_ line: LineReader.Line, of source: Int) {
        let start = bytes.count
        bytes.append(contentsOf: line.bytes)
        lines.append(
            Line(
                range: start..<bytes.count, number: line.number, source: source, fault: line.fault))
    }

    mutating func removeAll() {
        lines.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

    /// Calls `body` with the bytes of a line.
    func withBytes<R>(_ line: Line, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R
    {
        try bytes.withUnsafeBufferPointer {
            try body(UnsafeBufferPointer(rebasing: $0[line.range]))
        }
    }

    /// Calls `body` with the token of a line: the line itself, or `token` or `access_token` of the
    /// object that it is.
    ///
    /// - Throws: `LineFault` or `.badInput` where there is none.
    func withToken<R>(
        _ line: Line, _ body: (UnsafeBufferPointer<UInt8>) throws -> R
    ) throws -> R {
        if let fault = line.fault { throw fault }
        return try withBytes(line) { bytes in
            guard bytes.first == UInt8(ascii: "{") else { return try body(trimmed(bytes)) }
            let read = LineReader.Line(number: line.number, bytes: bytes, fault: nil)
            let record = try read.record.get()
            guard let value = record["token"] ?? record["access_token"] else {
                throw TCError(.badInput, "the record has neither 'token' nor 'access_token'")
            }
            guard var token = value.string else {
                throw TCError(.badInput, "the token must be a string, got \(value.kindName)")
            }
            return try token.withUTF8(body)
        }
    }

    private func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var (start, end) = (0, bytes.count)
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        while start < end, isBlank(bytes[start]) { start += 1 }
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        return UnsafeBufferPointer(rebasing: bytes[start..<end])
    }
}
