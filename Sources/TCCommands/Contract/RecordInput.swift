import Glibc
import TCCore
import TCWire

extension CommandContext {
    /// Calls `body` with each record of the input, in order, and rejects the lines that are none and
    /// those for which it throws `TCError(.badInput)`; any other error ends the command.
    ///
    /// What was written to `output` goes out whenever the input pauses. SIGINT and SIGTERM end the
    /// reading between two lines with `.interrupted`. Returns the account for `summarise`. A command
    /// that must read millions of lines a second brings its own reader and uses `rejections`.
    public func forEachRecord(_ body: (JSONObject) throws -> Void) throws -> Summary {
        var summary = Summary(read: 0, accepted: 0)
        for (index, source) in sources.enumerated() {
            let descriptor = try source.open()
            defer { if descriptor != STDIN_FILENO { close(descriptor) } }
            let reader = LineReader(descriptor: descriptor, name: source.name)
            let pause = {
                try output.flush()
                try stopIfInterrupted()
            }
            try reader.forEachRecord(beforeWaiting: pause) { line in
                try stopIfInterrupted()
                summary.read += 1
                do {
                    try body(try line.record.get())
                    summary.accepted += 1
                } catch let fault as LineFault {
                    try rejections.report(
                        Rejection(
                            line: line.number, source: index, code: fault.reason.rawValue,
                            message: fault.message, input: line.bytes))
                } catch let error as TCError where error.kind == .badInput {
                    try rejections.report(
                        Rejection(
                            line: line.number, source: index, code: error.kind.rawValue,
                            message: error.message, hint: error.hint, input: line.bytes))
                }
            }
        }
        return summary
    }

    private func stopIfInterrupted() throws {
        if interrupted() { throw ErrorText.interrupted }
    }
}
