/// The steps by which files become durable. Each is a place where a disk fills, a device fails or a
/// process is killed; tests put a fault at every one of them.
public enum FileStep: String, Sendable, CaseIterable {
    case makeFolder = "make folder"
    case create, read, write
    case syncFile = "sync file"
    case rename, link
    case syncFolder = "sync folder"
    case remove, list, lock
}

/// What is to happen at a step instead of success.
public enum Fault: Sendable {
    /// The system call fails with this `errno`; after EINTR it is tried again.
    case fail(Int32)
    /// A write takes only this many bytes, at least one; the rest has to be written again.
    case partialWrite(Int)
    /// The process ends here, as by SIGKILL: nothing after this step happens, clean-up included.
    case kill
}

/// Thrown at a `Fault.kill`. Only tests make one; whoever catches it treats the process as gone.
public struct Killed: Error {
    public init() {}
}
