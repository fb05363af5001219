import ArgumentParser
import Glibc
import TCCore
import TCWire

/// What a command is given to work with, opened and checked before its `run(in:)` begins.
public struct CommandContext {
    /// Where records go.
    public let output: RecordOutput
    /// Standard error: warnings, notes and progress.
    public let diagnostics: Diagnostics
    /// Rejected lines; for a command that reads none it is never used.
    public let rejections: LineErrors
    /// The values of the settings and where each came from.
    public let settings: Settings
    /// The clock and randomness of this process.
    public let seams: Seams
    /// The input, in order; standard input where none was named.
    public let sources: [InputSource]
    /// What flags ask about; then no input is read. Nil for what reads lines, or nothing.
    public let flagRecord: JSONObject?
    /// `--summary`.
    public let summaryFormat: SummaryFormat

    /// Whether SIGINT or SIGTERM asked the command to end at its next safe point. Cheap enough for
    /// a loop over batches; a command that sees true throws `TCError(.interrupted, …)` or returns
    /// `.interrupted` when what it has done is safe.
    public func interrupted() -> Bool { Interruption.wasRequested }
}

/// One input of a command.
public struct InputSource: Sendable {
    /// The path as given; `-` is standard input.
    public let path: String
    /// What messages call it.
    public var name: String { path == "-" ? "standard input" : path }

    /// Whether it is the regular file that `other` names, by whatever path.
    func isFile(at other: String) -> Bool {
        var mine = stat()
        var theirs = stat()
        let found = path == "-" ? fstat(STDIN_FILENO, &mine) : stat(path, &mine)
        return found == 0 && stat(other, &theirs) == 0 && mine.st_mode & S_IFMT == S_IFREG
            && mine.st_dev == theirs.st_dev && mine.st_ino == theirs.st_ino
    }

    /// Opens it for reading. The caller closes the descriptor, except that of standard input.
    public func open() throws(TCError) -> Int32 {
        if path == "-" { return STDIN_FILENO }
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(errno, "cannot open '\(path)'") }
        var info = stat()
        guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT != S_IFDIR else {
            close(descriptor)
            throw TCError(.io, "cannot read '\(path)': it is a folder")
        }
        return descriptor
    }
}
