import Glibc
import Synchronization
import TCCore

/// Why one line of input was refused.
public struct Rejection {
    /// Counted from 1 in its file.
    public var line: Int
    /// An index into `CommandContext.sources`.
    public var source: Int
    /// A word that never changes, by which the summary counts: `out_of_range`.
    public var code: String
    /// The field and the reason, without the line number; never a secret's value.
    public var message: String
    /// What would be right; nil where the message says it.
    public var hint: String?
    /// Whether the same line may be accepted later.
    public var retryable: Bool
    /// The line without its end; empty where it is not kept (too long).
    public var input: UnsafeBufferPointer<UInt8>

    public init(
        line: Int, source: Int = 0, code: String, message: String, hint: String? = nil,
        retryable: Bool = false, input: UnsafeBufferPointer<UInt8>
    ) {
        self.line = line
        self.source = source
        self.code = code
        self.message = message
        self.hint = hint
        self.retryable = retryable
        self.input = input
    }
}

/// The account of rejected lines: the first few on standard error, all of them in `--errors FILE`,
/// and counts by reason for the summary.
///
/// Any thread may use it, one at a time; reports appear in the order of the calls. When every line
/// of a large input is bad, a caller that looks at `wantsDetails` first makes a message only for the
/// few that will be seen, and counts the rest.
public final class LineErrors: Sendable {
    /// How many rejections standard error shows before it only counts.
    public static let shownAtMost = 20

    private let diagnostics: Diagnostics
    private let sources: [InputSource]
    private let file: ErrorRecordFile?
    private let remaining: Atomic<Int>
    private let hasTold = Atomic(false)
    private let counts = Mutex<[String: Int]>([:])

    init(diagnostics: Diagnostics, sources: [InputSource], file: ErrorRecordFile?) {
        self.diagnostics = diagnostics
        self.sources = sources
        self.file = file
        remaining = Atomic(LineErrors.shownAtMost)
    }

    /// Whether the next rejection will be shown or written, so that its text is worth making.
    public var wantsDetails: Bool { file != nil || remaining.load(ordering: .relaxed) > 0 }

    /// Whether every rejection will be written, so that none may be dropped: `--errors` was given.
    public var keepsAll: Bool { file != nil }

    /// Counts a rejection, shows it if few were shown, and writes it to `--errors FILE`.
    ///
    /// Throws `TCError(.io)` where that file cannot be written.
    public func report(_ rejection: Rejection) throws {
        count(rejection.code)
        if remaining.wrappingSubtract(1, ordering: .relaxed).newValue >= 0 {
            diagnostics.line(
                ErrorText.rejected(
                    rejection, in: sources.count > 1 ? sources[rejection.source].name : nil))
        }
        try file?.write(rejection, source: sources.count > 1 ? sources[rejection.source] : nil)
    }

    /// Counts rejections of one reason that nobody wants the details of.
    public func count(_ code: String, _ number: Int = 1) {
        counts.withLock { $0[code, default: 0] += number }
    }

    /// How many lines were rejected until now.
    public var total: Int { counts.withLock { $0.values.reduce(0, +) } }

    /// The counts, the most frequent reason first, then by name.
    public var byReason: [(code: String, count: Int)] {
        counts.withLock { $0.map { (code: $0.key, count: $0.value) } }
            .sorted { $0.count == $1.count ? $0.code < $1.code : $0.count > $1.count }
    }

    /// Hands what is buffered for `--errors FILE` to the system; call it before telling that the
    /// input up to here is durable, so that nothing of it is lost with the process.
    func flush() throws { try file?.flush() }

    /// Says how many were not shown, once; the summary calls it first, since it counts them.
    func tellHidden() {
        let more = total - LineErrors.shownAtMost
        guard more > 0, !hasTold.exchange(true, ordering: .relaxed) else { return }
        diagnostics.line(ErrorText.moreRejections(more, errorsFile: file?.path))
    }

    /// Ends the account and completes the file.
    func finish() throws {
        tellHidden()
        try file?.finish()
    }
}
