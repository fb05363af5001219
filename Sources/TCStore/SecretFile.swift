import Glibc
import TCCore

/// A small file that nobody but its owner may read: a key, a passphrase.
public struct SecretFile: Sendable {
    public let path: String
    private let files: FileSystem

    /// The longest that is read.
    public static let mostBytes = 4096

    public init(_ path: String, _ files: FileSystem = FileSystem()) {
        self.path = path
        self.files = files
    }

    /// What is in it; nil where there is no such file. A symbolic link is followed, as the folders of
    /// mounted secrets have them, and what it leads to is looked at.
    ///
    /// - Throws: `configuration` where it is no regular file, where anybody but its owner may read or
    ///   write it, or where it is longer than `mostBytes`; `io` and `notPermitted` as `FileSystem`.
    public func read() throws -> [UInt8]? {
        // Without waiting, since it may be a pipe that nobody writes to.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw FileSystem.error(.read, path, errno)
        }
        defer { close(descriptor) }
        try check(descriptor)
        var bytes = [UInt8](repeating: 0, count: SecretFile.mostBytes + 1)
        var end = 0
        while end < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress! + end, $0.count - end)
            }
            if count == 0 { break }
            if count > 0 {
                end += count
            } else if errno != EINTR {
                throw FileSystem.error(.read, path, errno)
            }
        }
        guard end <= SecretFile.mostBytes else {
            throw refusal("must have at most \(SecretFile.mostBytes) bytes")
        }
        return Array(bytes[..<end])
    }

    /// Looks at the file that is open, since another may stand under its name a moment later.
    private func check(_ descriptor: Int32) throws {
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw FileSystem.error(.read, path, errno) }
        guard info.st_mode & S_IFMT == S_IFREG else { throw refusal("must be a regular file") }
        guard info.st_mode & 0o077 == 0 else {
            let mode = String(info.st_mode & 0o777, radix: 8)
            throw refusal(
                "must be for its owner alone, mode 0600, but has mode 0\(mode)",
                hint: "chmod 600 '\(path)', and think who may have read it")
        }
    }

    private func refusal(_ reason: String, hint: String? = nil) -> TCError {
        TCError(.configuration, "the secret file '\(path)' \(reason)", hint: hint)
    }

    /// Makes it with mode 0600, durable and whole, unless something has its name; of several at once
    /// one does.
    ///
    /// - Parameter seams: for a name that no other process has, also on another machine.
    /// - Throws: `io`, `notPermitted`; then it is not there, or is whole.
    public func createIfAbsent(_ bytes: [UInt8], _ seams: Seams) throws {
        if files.exists(path) { return }
        // Under another name first: nobody must see it half written, also after a power cut.
        let hidden = "\(path).new-\(String(seams.random(), radix: 16))"
        let descriptor = try files.create(hidden, mode: 0o600)
        do {
            defer { close(descriptor) }
            try bytes.withUnsafeBytes { try files.write(descriptor, $0, path: hidden) }
            try files.syncFile(descriptor, path: hidden)
            try files.link(hidden, to: path)
        } catch {
            // The first error is the one to tell.
            try? files.remove(hidden)
            throw error
        }
        try files.remove(hidden)
        try files.syncFolder(FileSystem.parent(of: path))
    }
}
