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
    /// As given, for messages; nil for standard output.
    private let path: String?
    /// Where the bytes go until they are whole, and what takes their place then.
    private let temporary: (path: String, final: String)?
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

    /// - Parameter isPrivate: whether a file that is made is for its owner alone.
    ///
    /// Throws `TCError` of kind `.io` or `.notPermitted`, naming the file.
    init(path: String, appearsWhenWhole: Bool, isPrivate: Bool = false) throws(TCError) {
        let opened = try OutputFile.open(
            path, hidden: appearsWhenWhole, mode: isPrivate ? 0o600 : 0o666)
        descriptor = opened.descriptor
        temporary = opened.temporary
        self.path = path
        isOpen = true
        buffer = .allocate(byteCount: OutputFile.bufferSize, alignment: 64)
    }

    private static func open(
        _ path: String, hidden: Bool, mode: mode_t
    ) throws(TCError) -> (descriptor: Int32, temporary: (path: String, final: String)?) {
        var info = stat()
        let exists = stat(path, &info) == 0
        if exists, info.st_mode & S_IFMT == S_IFDIR {
            throw TCError(.io, "cannot write '\(path)': it is a folder")
        }
        let create = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
        guard hidden, !exists || info.st_mode & S_IFMT == S_IFREG else {
            let descriptor = Glibc.open(path, create, mode)
            guard descriptor >= 0 else { throw .system(errno, "cannot write '\(path)'") }
            return (descriptor, nil)
        }
        let final = exists ? resolved(path) : path
        let slash = final.utf8.lastIndex(of: UInt8(ascii: "/"))
        let start = slash.map { final.utf8.index(after: $0) } ?? final.startIndex
        let temporary = "\(final[..<start]).\(final[start...]).\(getpid()).tmp"
        let descriptor = Glibc.open(temporary, create, mode)
        guard descriptor >= 0 else { throw .system(errno, "cannot write '\(path)'") }
        // What replaces a file is as open to others as that was.
        if exists { fchmod(descriptor, info.st_mode & 0o777) }
        Interruption.setUnfinishedFile(temporary)
        return (descriptor, (temporary, final))
    }

    /// The path with its links followed: a link to a file must go on pointing to it.
    private static func resolved(_ path: String) -> String {
        guard let text = realpath(path, nil) else { return path }
        defer { free(text) }
        return String(cString: text)
    }

    deinit {
        if isOpen { close(descriptor) }
        if isOpen, let temporary { unlink(temporary.path) }
        buffer.deallocate()
    }

    /// Whether this is a file that was named, not standard output.
    var isFile: Bool { path != nil }

    /// Whoever reads it.
    var reader: OutputReader { OutputReader(descriptor: descriptor) }

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
        guard isOpen else { return }
        isOpen = false
        // Some file systems tell only here that the disk was full.
        guard close(descriptor) == 0, temporary.map({ rename($0.path, $0.final) == 0 }) ?? true
        else {
            let error = TCError.system(errno, "cannot write \(name)")
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
        unlink(temporary.path)
        Interruption.setUnfinishedFile(nil)
    }

    /// What messages call it.
    private var name: String { path.map { "'\($0)'" } ?? "standard output" }

    private func put(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while !rest.isEmpty {
            let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if written < 0 {
                let code = errno
                // A reader that has stopped reading must not keep a command from ending.
                if code == EINTR, Interruption.wasRequested { throw ErrorText.interrupted }
                if code == EINTR { continue }
                if code == EAGAIN {
                    // Whoever shares this pipe with us has made it non-blocking.
                    var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&wait, 1, -1)
                    continue
                }
                if code == EPIPE { throw ClosedPipe() }
                throw TCError.system(code, "cannot write \(name)")
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        }
    }
}

/// The reader of our output has gone. Not an error: the command ends quietly with status 0, as
/// `head` expects of what stands before it (ripgrep does the same).
struct ClosedPipe: Error {}
