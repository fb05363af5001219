import Glibc
import TCCore
import TCWire

extension CommandContext {
    /// Calls `body` with each record of the input, in order, and rejects the lines that are none and
    /// those for which it throws `TCError(.badInput)`; any other error ends the command. Where flags
    /// say what is asked about, that is the only record, and all its errors end the command.
    ///
    /// What was written to `output` goes out whenever the input pauses. SIGINT and SIGTERM end the
    /// reading between two lines with `.interrupted`. Returns the account for `summarise`. A command
    /// that must read millions of lines a second brings its own reader and uses `rejections`.
    nonisolated(nonsending) public func forEachRecord(
        _ body: (JSONObject) async throws -> Void
    ) async throws -> Summary {
        if let flagRecord {
            try await body(flagRecord)
            return Summary(read: 1, accepted: 1)
        }
        var summary = Summary(read: 0, accepted: 0)
        for (index, source) in sources.enumerated() {
            let descriptor = try source.open()
            defer { if descriptor != STDIN_FILENO { close(descriptor) } }
            let reader = LineReader(descriptor: descriptor, name: source.name)
            reading: while true {
                try stopIfInterrupted()
                switch try reader.next() {
                case .end: break reading
                case .pause:
                    try output.flush()
                    try stopIfInterrupted()
                    reader.wait()
                case .line(let line):
                    summary.read += 1
                    do {
                        try await body(try line.record.get())
                        summary.accepted += 1
                    } catch {
                        try reject(line, of: index, error)
                    }
                }
            }
        }
        return summary
    }

    /// Reports why a line was not accepted.
    ///
    /// - Throws: `error`, where it is no fault of the line.
    func reject(_ line: LineReader.Line, of source: Int, _ error: any Error) throws {
        switch error {
        case let fault as LineFault:
            try rejections.report(
                Rejection(
                    line: line.number, source: source, code: fault.reason.rawValue,
                    message: fault.message, input: line.bytes))
        case let error as TCError where error.kind == .badInput:
            try rejections.report(
                Rejection(
                    line: line.number, source: source, code: error.kind.rawValue,
                    message: error.message, hint: error.hint, input: line.bytes))
        default: throw error
        }
    }

    func stopIfInterrupted() throws {
        if interrupted() { throw ErrorText.interrupted }
    }
}
