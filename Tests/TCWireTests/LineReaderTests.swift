import Glibc
import TCCore
import Testing

@testable import TCWire

@Suite struct LineReaderTests {
    /// Lines as `number:text`, faults as `number!code message`.
    private func lines(
        of text: [UInt8], maximumLineBytes: Int = 100, chunkBytes: Int = 7
    ) throws -> [String] {
        let file = TemporaryFile(text)
        let reader = LineReader(
            descriptor: file.descriptor, name: "test", maximumLineBytes: maximumLineBytes,
            chunkBytes: chunkBytes)
        var lines: [String] = []
        try reader.forEachLine { line in
            if let fault = line.fault {
                lines.append("\(line.number)!\(fault.reason.rawValue) \(fault.message)")
            } else {
                lines.append("\(line.number):\(String(decoding: line.bytes, as: UTF8.self))")
            }
        }
        #expect(reader.byteCount == text.count)
        return lines
    }

    @Test(arguments: [1, 2, 3, 7, 4096])
    func `LF, CRLF, blank lines and a last line without end`(chunkBytes: Int) throws {
        let text = "one\r\n\n \t\r\ntwo\nthree\r four\n\r\nfive"
        #expect(
            try lines(of: Array(text.utf8), chunkBytes: chunkBytes)
                == ["1:one", "4:two", "5:three\r four", "7:five"])
        #expect(try lines(of: []) == [])
        #expect(try lines(of: Array("\n\n".utf8)) == [])
        #expect(try lines(of: Array("x\r".utf8)) == ["1:x"])
    }

    @Test(arguments: [1, 2, 5, 4096])
    func `the line limit counts bytes without the line's end`(chunkBytes: Int) throws {
        for end in ["\n", "\r\n", ""] {
            let text = Array("12345\(end)".utf8)
            #expect(
                try lines(of: text, maximumLineBytes: 5, chunkBytes: chunkBytes) == ["1:12345"])
            #expect(
                try lines(of: text, maximumLineBytes: 4, chunkBytes: chunkBytes)
                    == ["1!line_too_long the line has 5 bytes; at most 4 are allowed"])
        }
        #expect(
            try lines(
                of: Array("123456789\r\nnext\n123456789".utf8), maximumLineBytes: 4,
                chunkBytes: chunkBytes)
                == [
                    "1!line_too_long the line has 9 bytes; at most 4 are allowed", "2:next",
                    "3!line_too_long the line has 9 bytes; at most 4 are allowed",
                ])
    }

    @Test func `a NUL byte is a fault of its line alone`() throws {
        #expect(
            try lines(of: Array("a\nb\0c\nd".utf8))
                == ["1:a", "2!json_syntax column 2: a NUL byte is not text", "3:d"])
    }

    @Test func `a line of 100 MB is one fault and is not held in memory`() throws {
        let pipe = Pipe()
        let writer = Thread {
            let part = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
            pipe.write(Array("before\n".utf8))
            for _ in 0..<100 { pipe.write(part) }
            pipe.write(Array("\nafter".utf8))
            pipe.closeWriter()
        }
        let reader = LineReader(descriptor: pipe.reader, name: "test")
        var seen: [String] = []
        try reader.forEachLine {
            seen.append($0.fault?.message ?? String(decoding: $0.bytes, as: UTF8.self))
        }
        writer.join()
        #expect(
            seen == [
                "before", "the line has 104857600 bytes; at most 1048576 are allowed", "after",
            ])
        #expect(reader.heldBytes <= Limits.lineBytes + 1 << 19)
    }

    @Test func `what was read is handed out before the reader waits for more`() throws {
        let pipe = Pipe()
        pipe.write(Array("one\ntwo\nthr".utf8))
        var log: [String] = []
        try LineReader(descriptor: pipe.reader, name: "test").forEachLine(
            beforeWaiting: {
                if log.last != "wait" { log.append("wait") }
                if log.count == 3 {
                    pipe.write(Array("ee\n".utf8))
                } else {
                    pipe.closeWriter()
                }
            },
            { log.append(String(decoding: $0.bytes, as: UTF8.self)) })
        #expect(log == ["one", "two", "wait", "three", "wait"])
    }

    @Test func `an error in waiting or in the body ends the reading, which can go on`() throws {
        struct Stop: Error {}
        let pipe = Pipe()
        pipe.write(Array("one\ntwo\n".utf8))
        let reader = LineReader(descriptor: pipe.reader, name: "test")
        var seen: [String] = []
        #expect(throws: Stop.self) { try reader.forEachLine { _ in throw Stop() } }
        #expect(throws: Stop.self) {
            try reader.forEachLine(
                beforeWaiting: { throw Stop() },
                { seen.append(String(decoding: $0.bytes, as: UTF8.self)) })
        }
        #expect(seen == ["two"])
        pipe.closeWriter()
    }

    @Test func `what cannot be read is an error that names the input`() {
        let folder = open("/", O_RDONLY)
        defer { close(folder) }
        #expect(throws: TCError(.io, "cannot read '/': Is a directory")) {
            try LineReader(descriptor: folder, name: "'/'").forEachLine { _ in }
        }
    }

    @Test func `what nests too deep and what is not UTF-8 have reasons of their own`() throws {
        let deep = String(repeating: "[", count: Limits.nestingDepth + 1)
        let file = TemporaryFile(Array("\(deep)\n{\"a\":\"".utf8) + [0xE9] + Array("\"}\n".utf8))
        var seen: [RejectionReason] = []
        try LineReader(descriptor: file.descriptor, name: "test").forEachLine { line in
            if case .failure(let fault) = line.record { seen.append(fault.reason) }
        }
        #expect(seen == [.tooDeep, .badUTF8])
    }

    @Test func `records come as objects, everything else as a reason`() throws {
        let file = TemporaryFile(
            Array("{\"a\":1}\n[1]\n{\"a\":\n{\"b\":\"\u{FFFD}\"}\nx\0\n".utf8))
        var seen: [String] = []
        try LineReader(descriptor: file.descriptor, name: "test").forEachLine { line in
            switch line.record {
            case .success(let object): seen.append("\(line.number) \(object.keys)")
            case .failure(let fault):
                seen.append("\(line.number) \(fault.reason.rawValue): \(fault.message)")
            }
        }
        #expect(
            seen == [
                "1 [\"a\"]", "2 wrong_type: a record must be a JSON object, got an array",
                "3 json_syntax: column 6: expected a value, got the end", "4 [\"b\"]",
                "5 json_syntax: column 2: a NUL byte is not text",
            ])
    }
}

/// A file that has no name any more and goes when this goes.
private final class TemporaryFile {
    let descriptor: Int32

    init(_ bytes: [UInt8]) {
        var path = Array("/tmp/lines.XXXXXX".utf8CString)
        descriptor = mkstemp(&path)
        unlink(path)
        precondition(write(descriptor, bytes, bytes.count) == bytes.count)
        lseek(descriptor, 0, SEEK_SET)
    }

    deinit { close(descriptor) }
}

private final class Pipe: Sendable {
    let reader: Int32
    private let writer: Int32

    init() {
        var ends: [Int32] = [0, 0]
        precondition(pipe(&ends) == 0)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (reader, writer) = (ends[0], ends[1])
    }

    deinit { close(reader) }

    func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(writer, $0.baseAddress, $0.count) }
            precondition(count > 0)
            rest = rest.dropFirst(count)
        }
    }

    func closeWriter() { close(writer) }
}

/// A thread to be joined; the body must not block for ever.
private final class Thread {
    private var id = pthread_t()

    init(_ body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Body(run: body))
        pthread_create(
            &id, nil,
            { argument in
                Unmanaged<Body>.fromOpaque(argument!).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
    }

    func join() { pthread_join(id, nil) }

    private final class Body {
        let run: @Sendable () -> Void
        init(run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
