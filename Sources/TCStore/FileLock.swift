import Glibc
import TCCore

/// A lock between processes (and between threads that open it separately) on a file that stays.
///
/// The system lets go of it when the process ends, however it ends. Released by `release` or with
/// the last reference.
public final class FileLock {
    public enum Mode: Sendable { case shared, exclusive }

    private var descriptor: Int32

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { release() }

    /// Lets go of the lock; once more does nothing.
    public func release() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    /// Takes the lock on `path`, waiting for whoever holds it.
    ///
    /// A shared lock is taken through a descriptor for reading, so it works on a read-only folder;
    /// nil where the file is missing there, since then nobody can hold it either.
    public static func take(_ path: String, _ mode: Mode, _ files: FileSystem) throws -> FileLock? {
        guard let lock = try open(path, mode, files) else { return nil }
        try files.step(.lock, path) {
            flock(lock.descriptor, mode == .shared ? LOCK_SH : LOCK_EX) == 0
        }
        return lock
    }

    /// Takes the exclusive lock on `path` if nobody holds it; nil if somebody does.
    public static func takeIfFree(_ path: String, _ files: FileSystem) throws -> FileLock? {
        guard let lock = try open(path, .exclusive, files) else { return nil }
        var isFree = false
        try files.step(.lock, path) {
            isFree = flock(lock.descriptor, LOCK_EX | LOCK_NB) == 0
            return isFree || errno == EWOULDBLOCK
        }
        return isFree ? lock : nil
    }

    /// Marks an open file as being written by this process for as long as the descriptor is open.
    public static func mark(_ descriptor: Int32) {
        // A file system without locks leaves the file unmarked; then it may be taken for stale only
        // by a clean-up, which such a file system cannot order either.
        _ = flock(descriptor, LOCK_EX | LOCK_NB)
    }

    /// Whether nobody has marked the file at `path`, so that whoever wrote it is gone.
    public static func isAbandoned(_ path: String) -> Bool {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }

    private static func open(_ path: String, _ mode: Mode, _ files: FileSystem) throws -> FileLock?
    {
        if mode == .shared {
            let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
            if descriptor >= 0 { return FileLock(descriptor: descriptor) }
            if errno == ENOENT { return nil }
            throw FileSystem.error(.lock, path, errno)
        }
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw FileSystem.error(.lock, path, errno) }
        return FileLock(descriptor: descriptor)
    }
}
