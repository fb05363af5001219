import Glibc
import TCCore

/// A secret that a command wants besides its flags: from a file, or one line of standard input.
/// Flags never carry it, since everybody on the machine can read them.
enum SecretInput {
    /// The most bytes of a secret.
    private static let mostBytes = 64 << 10

    /// The first line of a file, or of standard input where `path` is nil or `-`. On a terminal it is
    /// asked for, and not shown while it is typed.
    ///
    /// - Parameter name: what it is: `password`.
    /// - Throws: `io` for a file that cannot be read; `usage` where there is no line.
    static func read(_ name: String, file path: String?) throws(TCError) -> String {
        let isStandard = path == nil || path == "-"
        if isStandard, isatty(STDIN_FILENO) == 1 { return try ask(name) }
        let source = InputSource(path: path ?? "-")
        let descriptor = try source.open()
        defer { if !isStandard { close(descriptor) } }
        guard let line = try firstLine(descriptor, source.name) else {
            throw TCError(
                .usage, "there is no \(name) in \(source.name)",
                hint: "its first line must be the \(name)")
        }
        return line
    }

    private static func ask(_ name: String) throws(TCError) -> String {
        // Ended at once by a signal, the program would leave a terminal that shows nothing.
        Interruption.askFirst()
        var before = termios()
        tcgetattr(STDIN_FILENO, &before)
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
            tell("\n")
        }
        tell("tc: \(name): ")
        guard let line = try firstLine(STDIN_FILENO, "the terminal") else {
            throw TCError(.usage, "no \(name) was typed")
        }
        return line
    }

    private static func tell(_ text: String) {
        // Where the terminal cannot be written, it cannot be read either, and that is told.
        _ = text.utf8CString.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress!, $0.count - 1) }
    }

    /// Byte by byte, so that what stands behind the line is left for whoever reads on.
    private static func firstLine(
        _ descriptor: Int32, _ name: String
    ) throws(TCError) -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while bytes.count < mostBytes {
            let count = Glibc.read(descriptor, &byte, 1)
            if count < 0, errno == EINTR {
                if Interruption.wasRequested { throw ErrorText.interrupted }
                continue
            }
            guard count >= 0 else { throw .system(errno, "cannot read \(name)") }
            if count == 0 || byte == UInt8(ascii: "\n") { break }
            bytes.append(byte)
        }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard !bytes.isEmpty else { return nil }
        guard let line = String(validating: bytes, as: UTF8.self) else {
            throw TCError(.badInput, "the first line of \(name) is not UTF-8")
        }
        return line
    }
}
