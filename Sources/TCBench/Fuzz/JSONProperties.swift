import Glibc
import TCCore
import TCWire

/// What must hold of the JSON reader for any input whatever.
///
/// The input is put right before a page that may not be touched, so that a read past its end is a
/// crash and not an accident that nobody sees.
final class JSONProperties {
    private let memory: UnsafeMutableRawPointer
    private let usableBytes: Int
    private let pageBytes = 4096
    private var writer = JSONWriter()

    /// How many inputs were well-formed.
    private(set) var acceptedCount = 0

    init(longest: Int) {
        usableBytes = (longest / pageBytes + 1) * pageBytes
        memory = mmap(
            nil, usableBytes + pageBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0
        )
        precondition(mprotect(memory + usableBytes, pageBytes, PROT_NONE) == 0)
    }

    deinit { munmap(memory, usableBytes + pageBytes) }

    /// The property that `input` breaks; nil where all hold.
    func broken(by input: [UInt8]) -> String? {
        let start = memory + (usableBytes - input.count)
        if !input.isEmpty { memcpy(start, input, input.count) }
        let bytes = UnsafeBufferPointer(
            start: start.assumingMemoryBound(to: UInt8.self), count: input.count)
        let wellFormed = PlainJSON.accepts(input, nestingDepth: Limits.nestingDepth)
        let skipError = skip(bytes)
        do throws(JSONError) {
            let value = try JSONReader.parse(bytes)
            guard wellFormed else { return "accepted, though the grammar refuses it" }
            if let skipError { return "read, but not stepped over: \(skipError)" }
            acceptedCount += 1
            return unfaithful(value)
        } catch {
            if wellFormed { return "refused, though the grammar accepts it: \(error)" }
            if error != skipError { return "the reader and the scanner give different errors" }
            guard (0...input.count).contains(error.offset), error.line > 0, error.column > 0 else {
                return "the place of the error is outside of the text: \(error)"
            }
            return nil
        }
    }

    private func skip(_ bytes: UnsafeBufferPointer<UInt8>) -> JSONError? {
        var scanner = JSONScanner(bytes)
        do throws(JSONError) {
            _ = try scanner.skipValue()
            try scanner.expectEnd()
            return nil
        } catch {
            return error
        }
    }

    private func unfaithful(_ value: JSONValue) -> String? {
        writer.reset()
        writer.value(value)
        let written = writer.bytes
        do throws(JSONError) {
            guard try JSONReader.parse(written) == value else {
                return "what was written reads as another value"
            }
        } catch {
            return "what was written is refused: \(error)"
        }
        return written.count > 0 && !written.contains(0x0A)
            ? nil : "it was written over several lines"
    }
}
