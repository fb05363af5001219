import TCCore

/// The account at the end of a command that reads lines: read = accepted + rejected.
public struct Summary: Sendable {
    public var read: Int
    public var accepted: Int
    public var rejected: Int { read - accepted }
    /// Further whole numbers, in order: `rows`, `files`, `bytes`.
    public var extra: [(name: String, value: Int)]

    public init(read: Int, accepted: Int, extra: [(name: String, value: Int)] = []) {
        self.read = read
        self.accepted = accepted
        self.extra = extra
    }
}

extension CommandContext {
    /// Writes the summary on standard error as `--summary` says; nothing when quiet.
    ///
    /// A precondition is that every line not accepted was reported or counted in `rejections`.
    public func summarise(_ summary: Summary) {
        rejections.tellHidden()
        guard !diagnostics.isQuiet else { return }
        let seconds = diagnostics.elapsed
        let rate = seconds > 0 ? Int(Double(summary.read) / seconds) : 0
        let reasons = rejections.byReason
        switch summaryFormat {
        case .json:
            let by = reasons.map { "\"\($0.code)\":\($0.count)" }.joined(separator: ",")
            let extra = summary.extra.map { ",\"\($0.name)\":\($0.value)" }.joined()
            diagnostics.line(
                "{\"summary\":{\"read\":\(summary.read),\"accepted\":\(summary.accepted),"
                    + "\"rejected\":\(summary.rejected),\"rejected_by\":{\(by)}\(extra),"
                    + "\"seconds\":\(rounded(seconds)),\"lines_per_s\":\(rate)}}")
        case .text:
            let by =
                reasons.isEmpty
                ? "" : " (" + reasons.map { "\($0.code) \($0.count)" }.joined(separator: ", ") + ")"
            let extra = summary.extra.map { "\($0.name) \($0.value), " }.joined()
            diagnostics.note(
                "read \(summary.read) = accepted \(summary.accepted) + "
                    + "rejected \(summary.rejected)\(by); "
                    + "\(extra)\(rounded(seconds)) s, \(rate) lines/s")
        }
    }
}

/// Milliseconds are as fine as anyone reads: `0.123`.
private func rounded(_ seconds: Double) -> String {
    let milliseconds = Int((seconds * 1000).rounded())
    let fraction = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
}
