import Glibc
import TCCore

/// Reads lines from a descriptor, chunk by chunk, holding at most one line and one chunk in memory.
///
/// Lines end in LF or CRLF, the last one may have no end; blank lines are counted and skipped. A line
/// that is too long or holds a NUL byte comes as a fault, once, and reading goes on behind it. The
/// descriptor stays the caller's. One thread at a time.
public final class LineReader {
    /// A line, or why it cannot be one.
    public struct Line {
        /// Counted from 1; blank lines count.
        public let number: Int
        /// Without its end; valid only during the call that it was passed to. Empty where the line is
        /// too long to be kept.
        public let bytes: UnsafeBufferPointer<UInt8>
        public let fault: LineFault?

        /// - Parameter bytes: outlive the line.
        public init(number: Int, bytes: UnsafeBufferPointer<UInt8>, fault: LineFault?) {
            self.number = number
            self.bytes = bytes
            self.fault = fault
        }
    }

    /// What messages call the input.
    public let name: String
    /// Lines read until now, blank ones too.
    public private(set) var lineCount = 0
    /// Bytes read until now.
    public private(set) var byteCount = 0

    /// The memory that is taken for a line and a chunk.
    var heldBytes: Int { buffer.count }

    private let descriptor: Int32
    private let maximumLineBytes: Int
    private let chunkBytes: Int
    private var buffer: UnsafeMutableBufferPointer<UInt8>
    /// What is in the buffer and not yet handed out; no line ends before `scanned`.
    private var start = 0
    private var end = 0
    private var scanned = 0
    /// Bytes of a line that is too long, thrown away until now.
    private var skipped = 0
    /// Whether the last of them may be part of the line's end.
    private var skippedReturn = false
    private var isAtEnd = false

    /// - Parameters:
    ///   - maximumLineBytes: without the line's end.
    ///   - chunkBytes: how much one `read` may bring.
    public init(
        descriptor: Int32, name: String, maximumLineBytes: Int = Limits.lineBytes,
        chunkBytes: Int = 1 << 18
    ) {
        precondition(descriptor >= 0, "poll would wait for ever")
        self.descriptor = descriptor
        self.name = name
        self.maximumLineBytes = maximumLineBytes
        self.chunkBytes = chunkBytes
        buffer = .allocate(capacity: chunkBytes)
    }

    deinit { buffer.deallocate() }

    /// What `next` finds.
    public enum Step {
        case line(Line)
        /// Nothing has come yet. Flush what was made of the lines before, heed a signal, and `wait`.
        case pause
        /// The end of the input.
        case end
    }

    /// The next line that is not blank. It never waits for more than the kernel has ready.
    ///
    /// Throws `.io` where the input cannot be read.
    public func next() throws(TCError) -> Step {
        while true {
            if let lineEnd = nextLineEnd() {
                scanned = lineEnd + 1
                if let line = takeLine(upTo: lineEnd) { return .line(line) }
            } else if isAtEnd {
                // What is left has no line end.
                guard end > start || skipped > 0 else { return .end }
                scanned = end
                if let line = takeLine(upTo: end) { return .line(line) }
            } else if !isReady(within: 0) {
                return .pause
            } else {
                try fill()
            }
        }
    }

    /// Returns when `next` will find more, and at the latest after half a second: a signal may come
    /// between the last look at its flag and the wait.
    public func wait() { _ = isReady(within: 500) }

    /// Calls `body` for each line up to the end of the input.
    ///
    /// - Parameter beforeWaiting: called whenever the input pauses, before waiting for more, and from
    ///   time to time while waiting: the place to flush output and, by throwing, to heed a signal.
    ///
    /// Throws what the two throw, and `.io` where the input cannot be read.
    public func forEachLine(
        beforeWaiting: () throws -> Void = {}, _ body: (Line) throws -> Void
    ) throws {
        while true {
            switch try next() {
            case .line(let line): try body(line)
            case .pause:
                try beforeWaiting()
                wait()
            case .end: return
            }
        }
    }

    private func nextLineEnd() -> Int? {
        guard scanned < end else { return nil }
        guard let found = memchr(buffer.baseAddress! + scanned, 0x0A, end - scanned) else {
            scanned = end
            return nil
        }
        return UnsafeMutableRawPointer(found) - UnsafeMutableRawPointer(buffer.baseAddress!)
    }

    /// Takes the line that begins at `start`; nil for a blank one.
    private func takeLine(upTo lineEnd: Int) -> Line? {
        lineCount += 1
        var bytes = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[start..<lineEnd])
        start = min(lineEnd + 1, end)
        // What was thrown away was too long already, even without a carriage return at its end.
        let length: Int
        if bytes.last == 0x0D {
            bytes = UnsafeBufferPointer(rebasing: bytes.dropLast())
            length = skipped + bytes.count
        } else {
            length = skipped + bytes.count - (bytes.isEmpty && skippedReturn ? 1 : 0)
        }
        (skipped, skippedReturn) = (0, false)
        if length > maximumLineBytes {
            let fault = LineFault.tooLong(bytes: length, atMost: maximumLineBytes)
            let none = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
            return Line(number: lineCount, bytes: none, fault: fault)
        }
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return nil }
        var fault: LineFault?
        if let nul = memchr(bytes.baseAddress!, 0, bytes.count) {
            fault = .nulByte(
                column: UnsafeRawPointer(nul) - UnsafeRawPointer(bytes.baseAddress!) + 1)
        }
        return Line(number: lineCount, bytes: bytes, fault: fault)
    }

    /// Reads the next chunk, or finds the end of the input.
    private func fill() throws(TCError) {
        makeRoom()
        let count = read(descriptor, buffer.baseAddress! + end, buffer.count - end)
        if count > 0 {
            end += count
            byteCount += count
        } else if count == 0 {
            isAtEnd = true
        } else if errno != EINTR, errno != EAGAIN {
            throw TCError(.io, "cannot read \(name): \(String(cString: strerror(errno)))")
        }
    }

    /// Whether a read will not block.
    private func isReady(within milliseconds: Int32) -> Bool {
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return Glibc.poll(&poll, 1, milliseconds) > 0
    }

    /// Throws away what is of a line too long, else moves the begun line to the front and gives it room.
    private func makeRoom() {
        let begun = end - start
        // One more for a carriage return that may be of the line's end.
        if skipped > 0 || begun > maximumLineBytes + 1 {
            skipped += begun
            if begun > 0 { skippedReturn = buffer[end - 1] == 0x0D }
            (start, end, scanned) = (0, 0, 0)
            return
        }
        if buffer.count - begun < chunkBytes {
            // Doubling, so that a long line is not moved again for each of its chunks.
            let capacity = min(2 * buffer.count, maximumLineBytes + 1 + chunkBytes)
            let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: capacity)
            memcpy(larger.baseAddress!, buffer.baseAddress! + start, begun)
            buffer.deallocate()
            buffer = larger
        } else if start > 0 {
            memmove(buffer.baseAddress!, buffer.baseAddress! + start, begun)
        }
        (start, end, scanned) = (0, begun, begun)
    }
}

/// Why a line of input is no record.
public struct LineFault: Error, Equatable, Sendable {
    public let reason: RejectionReason
    /// Starts in lower case, without the line's number.
    public let message: String

    static func tooLong(bytes: Int, atMost limit: Int) -> LineFault {
        LineFault(
            reason: .lineTooLong,
            message: "the line has \(bytes) bytes; at most \(limit) are allowed")
    }

    static func nulByte(column: Int) -> LineFault {
        LineFault(
            reason: .jsonSyntax, message: "column \(column): a NUL byte is not text")
    }
}
