import Glibc
import Synchronization
import TCCore

/// Standard error: every line begins with `tc: `, or is one JSON object where a machine asked for
/// that (`--summary json`, `--progress json`).
///
/// Any thread may use it; a line is written whole. On a terminal one more line shows progress; it is
/// taken away before anything else is written.
public final class Diagnostics: Sendable {
    /// Whether standard error is a terminal.
    public let isTerminal: Bool
    /// Whether escape sequences for colour may be written to standard error.
    public let usesColour: Bool
    /// `--quiet`: only errors are written.
    public let isQuiet: Bool

    private let descriptor: Int32
    private let mode: ProgressMode
    private let uptime: @Sendable () -> Double
    private let started: Double
    private let progress = Mutex(ProgressLine())

    private struct ProgressLine {
        var isShown = false
        var nextUpdate = 0.0
    }

    /// `colour` is whether the user has nothing against it; a file never gets any.
    init(
        quiet: Bool, colour: Bool, progress mode: ProgressMode, descriptor: Int32 = STDERR_FILENO,
        uptime: @escaping @Sendable () -> Double
    ) {
        self.descriptor = descriptor
        isTerminal = isatty(descriptor) == 1
        usesColour = colour && isTerminal
        isQuiet = quiet
        self.mode = mode
        self.uptime = uptime
        started = uptime()
        progress.withLock { $0.nextUpdate = started + 1 }
    }

    /// Whether the environment allows colour: `NO_COLOR` has any text, or the terminal has none.
    static var environmentAllowsColour: Bool {
        let noColour = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
        let isDumb = getenv("TERM").map { strcmp($0, "dumb") == 0 } ?? false
        return !noColour && !isDumb
    }

    /// Writes an error: `tc: TEXT`, and its hint on a line of its own.
    public func error(_ error: TCError) {
        write(ErrorText.lines(error).map { paint($0, as: .error) })
    }

    /// Writes something the user should know although the command goes on; not when quiet.
    public func warn(_ text: String) {
        if !isQuiet { write([paint("tc: warning: \(text)", as: .warning)]) }
    }

    /// Writes what the command has to say besides its records; not when quiet.
    public func note(_ text: String) {
        if !isQuiet { write(["tc: \(text)"]) }
    }

    /// Writes one line as it is: a rejected line's report or a JSON object.
    func line(_ text: String) { write([text]) }

    /// Shows how far the command is, on a terminal and only after the first second, at most ten
    /// times a second. Call it as often as you like between lumps of work of a millisecond or more;
    /// the text is made only when it will be shown.
    public func progress(_ text: () -> String) {
        guard isTerminal, mode == .auto, !isQuiet else { return }
        let now = uptime()
        progress.withLock { state in
            guard now >= state.nextUpdate else { return }
            state.nextUpdate = now + 0.1
            state.isShown = true
            put("\r\u{1B}[K\(text())")
        }
    }

    /// With `--progress json`, also when quiet: one line, `{"progress":{"read":…,"accepted":…}}`,
    /// written before this returns. Whoever reads it relies on it, so all that it counts must be
    /// durable, and what was rejected until then flushed to `--errors`. Totals since the start.
    func durable(_ counts: [(name: String, count: Int)]) {
        guard mode == .json else { return }
        let fields = counts.map { "\"\($0.name)\":\($0.count)" }.joined(separator: ",")
        write(["{\"progress\":{\(fields)}}"])
    }

    /// Takes the progress line away. The contract calls it at the end.
    func endProgress() { write([]) }

    /// Seconds since the command began.
    public var elapsed: Double { uptime() - started }

    enum Paint: String {
        case error = "31"
        case warning = "33"
    }

    /// Colours the leading `tc:` where colour is allowed.
    private func paint(_ text: String, as paint: Paint) -> String {
        guard usesColour, text.hasPrefix("tc:") else { return text }
        return "\u{1B}[\(paint.rawValue)mtc:\u{1B}[0m" + text.dropFirst(3)
    }

    private func write(_ lines: [String]) {
        progress.withLock { state in
            var text = ""
            if state.isShown {
                text = "\r\u{1B}[K"
                state.isShown = false
            }
            for line in lines { text += line + "\n" }
            put(text)
        }
    }

    /// Writes `text`. There is nowhere to report that this failed.
    private func put(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            }
        }
    }
}
