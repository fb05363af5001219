import CScan
import Glibc
import TCCore

/// One input of an ingest: what it is called and how to open it.
public struct IngestInput: Sendable {
    /// As errors name it.
    public let name: String
    /// Opens it for reading; the descriptor is closed at the end unless it is standard input.
    public let open: @Sendable () throws -> Int32

    public init(name: String, open: @escaping @Sendable () throws -> Int32) {
        self.name = name
        self.open = open
    }
}

/// Memory that one thread parses from.
final class ChunkBuffer {
    /// What may be read past the last newline.
    static let padding = 128
    /// A read for more of a long line is at least this large.
    static let leastRead = 1 << 16
    let bytes: UnsafeMutablePointer<UInt8>
    let capacity: Int

    init(chunkBytes: Int) {
        // The rest of the last chunk, which is at most a line or a chunk, and one read after it.
        capacity = LineLimits.bytes + 2 * chunkBytes + ChunkBuffer.leastRead
        bytes = reserve(UInt8.self, count: capacity + ChunkBuffer.padding)
    }

    deinit { release(bytes, count: capacity + ChunkBuffer.padding) }
}

/// Cuts the inputs, one after the other, into chunks of whole lines.
///
/// Threads call `next` in turn under their owner's lock; each call does only what must be done in
/// order: read, find the last newline, count the lines, keep the rest for the next call. A line that
/// is too long is read over without being kept.
final class ChunkReader {
    enum Next {
        case chunk(InputChunk)
        /// Nothing came until the deadline; what is there of a line is kept.
        case idle
        /// All inputs are read, or the caller was interrupted.
        case end
    }

    private let inputs: [IngestInput]
    private let chunkBytes: Int
    private let uptime: @Sendable () -> Double
    private let interrupted: @Sendable () -> Bool
    private let rest: ChunkBuffer
    private var restCount = 0
    private var descriptor: Int32 = -1
    private var isRegularFile = false
    /// The input being read, and how many of its lines have been handed out.
    private var input = 0
    private var lines = 0
    /// The last line handed out: its input and its number there.
    private(set) var position = (input: 0, line: 0)
    /// Bytes read until now.
    private(set) var byteCount = 0

    init(
        inputs: [IngestInput], chunkBytes: Int, uptime: @escaping @Sendable () -> Double,
        interrupted: @escaping @Sendable () -> Bool
    ) {
        self.inputs = inputs
        self.chunkBytes = chunkBytes
        self.uptime = uptime
        self.interrupted = interrupted
        rest = ChunkBuffer(chunkBytes: chunkBytes)
    }

    deinit { closeInput() }

    /// The next whole lines, at most `limit` (1 or more), in `buffer`. Waits for at least one line,
    /// until `deadline` if there is one; takes no more than is there once it has one.
    func next(into buffer: ChunkBuffer, limit: Int, deadline: Double?) throws -> Next {
        while input < inputs.count {
            // What was taken out of a pipe is nowhere else: whole lines are still handed out.
            if interrupted(), lineEnd(rest.bytes, from: 0, to: restCount) == 0 { return .end }
            if descriptor < 0 {
                do {
                    try openInput()
                } catch {
                    // Opening a named pipe waits for its writer, until a signal.
                    if interrupted() { return .end }
                    throw error
                }
            }
            let bytes = buffer.bytes
            bytes.update(from: rest.bytes, count: restCount)
            var count = restCount
            restCount = 0
            // Where the whole lines end; the rest holds some where the last call's limit cut it.
            var end = lineEnd(bytes, from: 0, to: count)
            var isAtEnd = false
            while end == 0 || count < chunkBytes {
                if end > 0, interrupted() {
                    return chunk(buffer, end: end, count: count, limit: limit)
                }
                if end == 0, count > LineLimits.bytes { return try overlong(buffer, count) }
                if !isRegularFile {
                    switch try wait(until: end > 0 ? 0 : deadline) {
                    case .ready: break
                    case .late where end > 0:
                        return chunk(buffer, end: end, count: count, limit: limit)
                    case .late:
                        keep(bytes, from: 0, to: count)
                        return .idle
                    case .interrupted: return .end
                    }
                }
                let room =
                    count < chunkBytes
                    ? chunkBytes - count : max(chunkBytes, ChunkBuffer.leastRead)
                let got = read(descriptor, bytes + count, room)
                if got < 0 {
                    if errno == EINTR || errno == EAGAIN { continue }
                    throw TCError(
                        .io,
                        "cannot read \(inputs[input].name): \(String(cString: strerror(errno)))")
                }
                if got == 0 {
                    isAtEnd = true
                    break
                }
                byteCount += got
                end = max(end, lineEnd(bytes, from: count, to: count + got))
                count += got
            }
            if !isAtEnd { return chunk(buffer, end: end, count: count, limit: limit) }
            if count > end, interrupted() {
                // SIGINT ends a whole pipeline: this line may be half of what its writer meant.
                count = end
            } else if count > end {
                // The last line lacks its newline.
                bytes[count] = 10
                count += 1
            }
            if count > 0 {
                let last = chunk(buffer, end: count, count: count, limit: limit)
                if restCount == 0 { nextInput() }
                return last
            }
            nextInput()
        }
        return .end
    }

    /// The place behind the last newline between two places; 0 where there is none.
    private func lineEnd(_ bytes: UnsafeMutablePointer<UInt8>, from: Int, to: Int) -> Int {
        var end = to
        while end > from, bytes[end - 1] != 10 { end -= 1 }
        return end > from ? end : 0
    }

    /// Hands out the lines in the first `end` bytes, at most `limit`, and keeps the rest.
    private func chunk(_ buffer: ChunkBuffer, end whole: Int, count: Int, limit: Int) -> Next {
        var end = whole
        var high: UInt32 = 0
        var lineCount = tc_scan_newlines(buffer.bytes, end, &high)
        if lineCount > limit {
            lineCount = limit
            end = 0
            for _ in 0..<limit {
                while buffer.bytes[end] != 10 { end += 1 }
                end += 1
            }
        }
        keep(buffer.bytes, from: end, to: count)
        // What is read past the last newline must not look like more of a line.
        (buffer.bytes + end).update(repeating: 10, count: ChunkBuffer.padding)
        defer { handOut(lineCount) }
        return .chunk(
            InputChunk(
                base: UnsafePointer(buffer.bytes), count: end, source: input, firstLine: lines + 1,
                lineCount: lineCount, isASCII: high == 0))
    }

    /// Reads over the rest of a line of which `count` bytes are in `buffer`, more than it may have.
    private func overlong(_ buffer: ChunkBuffer, _ count: Int) throws -> Next {
        let kept = 4096
        let scratch = buffer.bytes + kept + 1
        var length = count
        var isAtEnd = false
        while true {
            if !isRegularFile, case .interrupted = try wait(until: nil) { return .end }
            if interrupted() { return .end }
            let got = read(descriptor, scratch, buffer.capacity - kept - 1)
            if got < 0 {
                if errno == EINTR || errno == EAGAIN { continue }
                throw TCError(
                    .io, "cannot read \(inputs[input].name): \(String(cString: strerror(errno)))")
            }
            if got == 0 {
                isAtEnd = true
                break
            }
            byteCount += got
            if let newline = memchr(scratch, 10, got) {
                let place = UnsafeRawPointer(newline) - UnsafeRawPointer(scratch)
                length += place
                keep(scratch, from: place + 1, to: got)
                break
            }
            length += got
        }
        buffer.bytes[kept] = 10
        let result = InputChunk(
            base: UnsafePointer(buffer.bytes), count: kept + 1, source: input, firstLine: lines + 1,
            lineCount: 1, isASCII: false, overlongBytes: length)
        handOut(1)
        if isAtEnd { nextInput() }
        return .chunk(result)
    }

    private func handOut(_ count: Int) {
        lines += count
        position = (input, lines)
    }

    private func keep(_ bytes: UnsafeMutablePointer<UInt8>, from start: Int, to end: Int) {
        restCount = end - start
        rest.bytes.update(from: bytes + start, count: restCount)
    }

    private enum Readiness { case ready, late, interrupted }

    /// Waits until there is something to read (or the end), `deadline` passes, or the caller is
    /// interrupted. A deadline of 0 only looks.
    private func wait(until deadline: Double?) throws -> Readiness {
        while true {
            var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            // A signal may arrive in another thread, so the flag is looked at in between.
            let patience = deadline.map { max(0, min(0.1, $0 - uptime())) } ?? 0.1
            let status = Glibc.poll(&poll, 1, Int32((patience * 1000).rounded(.up)))
            if status > 0 { return .ready }
            if status < 0, errno != EINTR {
                throw TCError(
                    .io,
                    "cannot wait for \(inputs[input].name): \(String(cString: strerror(errno)))"
                )
            }
            if let deadline, deadline == 0 || uptime() >= deadline { return .late }
            if interrupted() { return .interrupted }
        }
    }

    private func openInput() throws {
        descriptor = try inputs[input].open()
        var info = stat()
        isRegularFile = fstat(descriptor, &info) == 0 && info.st_mode & S_IFMT == S_IFREG
        if isRegularFile {
            posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
        } else {
            // A larger pipe means fewer turns between us and the writer; refused for other kinds.
            let setPipeSize: Int32 = 1031  // F_SETPIPE_SZ, which Glibc's module does not show.
            _ = fcntl(descriptor, setPipeSize, Int32(1 << 20))
        }
        lines = 0
    }

    private func closeInput() {
        if descriptor > STDIN_FILENO { close(descriptor) }
        descriptor = -1
    }

    private func nextInput() {
        closeInput()
        input += 1
    }
}
