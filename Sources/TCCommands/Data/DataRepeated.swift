import ArgumentParser
import Glibc
import TCCore
import TCData
import TCStore
import TCWire

extension QueryLogFormat: ExpressibleByArgument {}

/// `tc data n1`
struct DataRepeated: ReadsLines, PrintsRecords {
    static let help = CommandHelp(
        "n1", "Find statements that are repeated inside one request, in a query log.",
        examples: [
            ("What is asked once for each element of a list?", "tc data n1 queries.jsonl"),
            (
                "The query that would replace the worst",
                "tc data n1 queries.jsonl | jq -r 'select(.batched) | .batched' | head -n 1"
            ),
        ],
        discussion: """
            A log is ours, lines such as {"trace":"...","sql":"...","params":[...],"ms":0.4}, or \
            PostgreSQL's: stderr format with log_line_prefix '%m [%p] ', csvlog or jsonlog, written \
            with log_statement = 'all' or log_min_duration_statement = 0. Requests are told apart by \
            their trace, also where a statement's comment has a traceparent; else by session and \
            transaction. Ends with 1 where nothing is repeated.
            """,
        exits: [.negative, .inputRejected, .inputOutput])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema(
                "a statement that was run",
                [
                    .optional("ts", .time, "when it ended"),
                    .required("trace", .string, "the trace of its request"),
                    .optional("caller", .string, "where in a program it came from"),
                    .required("sql", .string, "its text"),
                    .optional("params", .array(.anything), "its parameters"),
                    .optional("ms", .number, unit: "ms", "how long it took"),
                ], allowsOthers: true),
            output: RecordSchema(
                "a statement that is repeated",
                [
                    .required("statement", .string, "its text, with values folded"),
                    .required("fingerprint", .string, "a hash of that text"),
                    .optional("caller", .string, "where in a program it comes from"),
                    .required("requests", .count, "how many requests repeated it"),
                    .required("count", .count, "how often they ran it, all together"),
                    .required("most", .count, "how often the request did that did so most"),
                    .required("request", .string, "that request"),
                    .optional("ms", .number, unit: "ms", "how long all of them took"),
                    .required("line", .count, "where the first of them stands in the log"),
                    .optional(
                        "batched", .string, "the query that would replace those of a request"),
                    .optional("key", .string, "the column by which its rows are told apart"),
                    .optional("reason", .string, "why there is none"),
                ]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: .init("The format of the log; its first line tells if absent.", valueName: "format"))
    var log: QueryLogFormat?

    @Option(help: .init("How often a statement may run in a request.", valueName: "count"))
    var moreThan = 10

    @Flag(help: "Our own log is of SQLite.")
    var sqlite = false

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        guard moreThan >= 1 else {
            throw TCError(.usage, "--more-than must be 1 or more, got \(moreThan)")
        }
        var repeated = RepeatedStatements(moreThan: moreThan)
        var summary = Summary(read: 0, accepted: 0)
        for (index, source) in context.sources.enumerated() {
            try read(source, index, &repeated, &summary, context)
        }
        let found = repeated.finish()
        for statement in found {
            var writer = JSONWriter()
            statement.write(to: &writer)
            try context.output.write(lines: writer.bytes)
        }
        tell(repeated.reached, context)
        context.summarise(summary)
        return found.isEmpty ? .negative : .done
    }

    private func read(
        _ source: InputSource, _ index: Int, _ repeated: inout RepeatedStatements,
        _ summary: inout Summary, _ context: CommandContext
    ) throws {
        let descriptor = try source.open()
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        let lines = LineReader(descriptor: descriptor, name: source.name)
        var reader = QueryLogReader(format: log, dialect: sqlite ? .sqlite : .postgres)
        var faults: [QueryLogFault] = []
        func take(_ event: QueryLogEvent) {
            switch event {
            case .statement(let statement): repeated.add(statement)
            case .requestEnded(let request): repeated.end(request: request)
            case .fault(let fault): faults.append(fault)
            }
        }
        func reject() throws {
            for fault in faults {
                try context.rejections.report(
                    Rejection(
                        line: fault.line, source: index, code: TCError.Kind.badInput.rawValue,
                        message: fault.message, input: UnsafeBufferPointer(start: nil, count: 0)))
            }
            summary.accepted -= faults.count
            faults = []
        }
        reading: while true {
            try context.stopIfInterrupted()
            switch try lines.next() {
            case .end: break reading
            case .pause: lines.wait()
            case .line(let line):
                summary.read += 1
                summary.accepted += 1
                reader.read(line, take)
                try reject()
            }
        }
        reader.finish(take)
        try reject()
        if reader.forgottenSessions > 0 {
            context.diagnostics.warn(
                "\(reader.forgottenSessions) sessions were forgotten, since too many were open")
        }
    }

    private func tell(_ reached: RepeatedStatements.Reached, _ context: CommandContext) {
        for (count, what) in [
            (reached.requests, "requests were closed before their end, since too many were open"),
            (reached.statements, "statements were not counted, since a request had too many"),
            (reached.findings, "findings are left out, since there are too many"),
        ] where count > 0 { context.diagnostics.warn("\(count) \(what)") }
    }
}

extension RepeatedStatement {
    /// The record as a line.
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("statement", fingerprint.text)
        let digits = String(fingerprint.hash, radix: 16)
        writer.member(
            "fingerprint", String(repeating: "0", count: 16 - digits.count) + digits)
        writer.member("caller", ifAny: caller)
        for (name, value) in [("requests", requests), ("count", count), ("most", most)] {
            writer.key(name)
            writer.int(value)
        }
        writer.member("request", request)
        if let milliseconds {
            writer.key("ms")
            writer.double(milliseconds)
        }
        writer.key("line")
        writer.int(line)
        switch batched {
        case .query(let text, let key):
            writer.member("batched", text)
            writer.member("key", key)
        case .none(let reason): writer.member("reason", reason)
        }
        writer.endObject()
        writer.newline()
    }
}
