import Glibc
import TCCore

/// Buffered bytes to a descriptor: standard output or a file.
///
/// A file named with `-o` is written under a hidden name beside it and renamed when it is whole, so
/// that a command that fails leaves what was there before. Something that is not a regular file (a
/// pipe, a terminal, `/dev/null`) is written straight.
struct OutputFile: ~Copyable {
    /// Large enough that the cost of a call vanishes, small enough to stay in the cache.
    static let bufferSize = 256 << 10

    private let descriptor: Int32
    private let path: String?
    private let temporary: String?
    private let buffer: UnsafeMutableRawBufferPointer
    private var used = 0
    /// Whether the descriptor is ours to close.
    private var isOpen: Bool

    /// Standard output.
    init() {
        descriptor = STDOUT_FILENO
        path = nil
        temporary = nil
        isOpen = false
        buffer = .allocate(byteCount: OutputFile.bufferSize, alignment: 64)
    }

    /// Throws `TCError` of kind `.io` or `.notPermitted`, naming the file.
    init(path: String, appearsWhenWhole: Bool) throws(TCError) {
        let opened = try OutputFile.open(path, hidden: appearsWhenWhole)
        descriptor = opened.descriptor
        temporary = opened.temporary
        self.path = path
        isOpen = true
        buffer = .allocate(byteCount: OutputFile.bufferSize, alignment: 64)
    }

    private static func open(
        _ path: String, hidden: Bool
    ) throws(TCError) -> (descriptor: Int32, temporary: String?) {
        var info = stat()
        let exists = stat(path, &info) == 0
        if exists, info.st_mode & S_IFMT == S_IFDIR {
            throw TCError(.io, "cannot write '\(path)': it is a folder")
        }
        var temporary: String?
        if hidden, !exists || info.st_mode & S_IFMT == S_IFREG {
            let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
            let start = slash.map { path.utf8.index(after: $0) } ?? path.startIndex
            temporary = "\(path[..<start]).\(path[start...]).\(getpid()).tmp"
        }
        let descriptor = Glibc.open(
            temporary ?? path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .system(errno, "cannot write '\(path)'") }
        if let temporary { Interruption.setUnfinishedFile(temporary) }
        return (descriptor, temporary)
    }

    deinit { buffer.deallocate() }

    /// Appends `bytes`. Throws `ClosedPipe` where the reader is gone and `TCError(.io)` where the
    /// disk is full or fails.
    mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
        if bytes.count > buffer.count - used { try flush() }
        if bytes.count >= buffer.count { return try put(bytes) }
        if let start = bytes.baseAddress {
            memcpy(buffer.baseAddress! + used, start, bytes.count)
            used += bytes.count
        }
    }

    /// Hands what is buffered to the system.
    mutating func flush() throws {
        let count = used
        used = 0
        try put(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }

    /// Flushes, closes and gives the file its name.
    mutating func finish() throws {
        try flush()
        guard isOpen, let path else { return }
        isOpen = false
        // Some file systems tell only here that the disk was full.
        guard close(descriptor) == 0, temporary.map({ rename($0, path) == 0 }) ?? true else {
            let error = TCError.system(errno, "cannot write '\(path)'")
            removeTemporary()
            throw error
        }
        if temporary != nil { Interruption.setUnfinishedFile(nil) }
    }

    /// Forgets what was written: the command failed.
    mutating func abandon() {
        guard isOpen else { return }
        isOpen = false
        close(descriptor)
        removeTemporary()
    }

    private func removeTemporary() {
        guard let temporary else { return }
        unlink(temporary)
        Interruption.setUnfinishedFile(nil)
    }

    private func put(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while !rest.isEmpty {
            let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if written < 0 {
                if errno == EINTR { continue }
                if errno == EPIPE { throw ClosedPipe() }
                throw TCError.system(
                    errno, "cannot write \(path.map { "'\($0)'" } ?? "standard output")")
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        }
    }
}

/// The reader of our output has gone. Not an error: the command ends quietly with status 0, as
/// `head` expects of what stands before it (ripgrep does the same).
struct ClosedPipe: Error {}
