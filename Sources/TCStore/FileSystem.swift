import Glibc
import TCCore

/// The file operations that durability rests on, each with a name, so that tests can make any of
/// them fail.
///
/// Errors are of kind `io` (`unavailable` never: a store is a folder), name the path and what was
/// being done, and give the system's reason.
public struct FileSystem: Sendable {
    /// Asked before every step; nil lets the step happen.
    public typealias FaultTable = @Sendable (FileStep, String) -> Fault?

    private let faults: FaultTable?

    /// - Parameter faults: nil outside tests; asked again for every attempt, so that what it answers
    ///   to the second one matters too.
    public init(faults: FaultTable? = nil) { self.faults = faults }

    /// Makes `path` and every missing folder above it; those that were made are synced into their
    /// parents, so that a crash cannot take a published file's folder away.
    public func makeFolders(_ path: String) throws {
        if isFolder(path) { return }
        let parent = FileSystem.parent(of: path)
        if parent != path { try makeFolders(parent) }
        try step(.makeFolder, path) {
            // Another process may have made it between the look and the act.
            mkdir(path, 0o777) == 0 || (errno == EEXIST && isFolder(path))
        }
        try syncFolder(parent)
    }

    /// Creates `path`, which must not exist, for writing.
    ///
    /// - Parameter mode: who may read and write it, less what the process's mask takes away.
    public func create(_ path: String, mode: mode_t = 0o666) throws -> Int32 {
        var descriptor: Int32 = -1
        try step(.create, path) {
            descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode)
            return descriptor >= 0
        }
        return descriptor
    }

    /// Writes all of `bytes` at the descriptor's position.
    public func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, path: String) throws {
        var rest = bytes
        while !rest.isEmpty {
            var count = rest.count
            switch faults?(.write, path) {
            case nil: break
            case .partialWrite(let most): count = max(1, min(most, count))
            case .fail(EINTR): continue
            case let fault?: try raise(fault, .write, path)
            }
            let written = Glibc.write(descriptor, rest.baseAddress, count)
            if written < 0 {
                if errno == EINTR { continue }
                throw FileSystem.error(.write, path, errno)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        }
    }

    /// Returns when the file's bytes are on the device.
    public func syncFile(_ descriptor: Int32, path: String) throws {
        try step(.syncFile, path) { fsync(descriptor) == 0 }
    }

    /// Returns when the folder's entries are on the device.
    public func syncFolder(_ path: String) throws {
        try step(.syncFolder, path) {
            let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard descriptor >= 0 else { return false }
            defer { close(descriptor) }
            return fsync(descriptor) == 0
        }
    }

    /// Moves `source` to `target` in one step that a reader sees whole or not at all.
    public func rename(_ source: String, to target: String) throws {
        try step(.rename, target) { Glibc.rename(source, target) == 0 }
    }

    /// Gives a file a second name in one step, unless something has it already, and says whether it did.
    @discardableResult
    public func link(_ source: String, to target: String) throws -> Bool {
        var isNew = false
        try step(.link, target) {
            isNew = Glibc.link(source, target) == 0
            return isNew || errno == EEXIST
        }
        return isNew
    }

    /// Removes a file; one that is not there any more is no error.
    public func remove(_ path: String) throws {
        try step(.remove, path) { unlink(path) == 0 || errno == ENOENT }
    }

    /// Removes a folder if it is empty, and says whether it did.
    @discardableResult
    public func removeFolderIfEmpty(_ path: String) throws -> Bool {
        var removed = false
        try step(.remove, path) {
            removed = rmdir(path) == 0
            return removed || errno == ENOTEMPTY || errno == EEXIST || errno == ENOENT
        }
        return removed
    }

    /// The names in a folder, sorted by their bytes, without `.` and `..`; empty where there is no
    /// such folder.
    public func list(_ path: String) throws -> [String] {
        var names: [String] = []
        try step(.list, path) {
            guard let folder = opendir(path) else { return errno == ENOENT }
            defer { closedir(folder) }
            while true {
                errno = 0
                guard let entry = readdir(folder) else { return errno == 0 }
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { names.append(name) }
            }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Whether there is a folder, links followed; false too where that cannot be found out.
    public func isFolder(_ path: String) -> Bool {
        var info = stat()
        return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
    }

    public func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The folder that holds `path`: `.` for a bare name, `/` for itself.
    static func parent(of path: String) -> String {
        var end = path.endIndex
        while end > path.startIndex, path[path.index(before: end)] == "/" {
            end = path.index(before: end)
        }
        guard let slash = path[..<end].lastIndex(of: "/") else {
            return end == path.startIndex && !path.isEmpty ? "/" : "."
        }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Lets this process open as many files as the system allows at all: a store may have more than
    /// the 1,024 that most shells set.
    public static func allowManyOpenFiles() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0,
            limit.rlim_cur < limit.rlim_max
        else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    // MARK: Steps

    /// Does `act` until it succeeds, fails with anything but an interruption, or meets a fault.
    func step(_ step: FileStep, _ path: String, _ act: () -> Bool) throws {
        while true {
            if let fault = faults?(step, path) {
                if case .fail(EINTR) = fault { continue }
                try raise(fault, step, path)
            }
            if act() { return }
            guard errno == EINTR else { throw FileSystem.error(step, path, errno) }
        }
    }

    private func raise(_ fault: Fault, _ step: FileStep, _ path: String) throws {
        switch fault {
        case .kill: throw Killed()
        case .fail(let code): throw FileSystem.error(step, path, code)
        case .partialWrite: return
        }
    }

    static func error(_ step: FileStep, _ path: String, _ code: Int32) -> TCError {
        let reason = String(cString: strerror(code))
        let message = "cannot \(step.rawValue) '\(path)': \(reason)"
        switch code {
        case ENOSPC, EDQUOT:
            return TCError(
                .io, message, hint: "free some space; what was acknowledged before is safe")
        case EACCES, EPERM: return TCError(.notPermitted, message)
        default: return TCError(.io, message)
        }
    }
}
