import ArgumentParser
import Glibc
import Synchronization
import TCAuth
import TCCore
import TCWire

/// `tc auth verify`
struct AuthVerify: ReadsLines, PrintsRecords {
    static let help = CommandHelp(
        "verify", "Check access tokens: their claims, or the reason why not.",
        examples: [
            (
                "What issue-token prints",
                "tc auth issue-token --user ada@example.com | tc auth verify"
            ),
            (
                "With the public keys alone, on any machine",
                "tc auth verify --jwks jwks.json tokens.txt"
            ),
            ("Revoked ones are told apart", "tc auth verify --online tokens.txt"),
        ],
        discussion: """
            A line is a token, or an object with token or access_token. Without --online a token that \
            was revoked is valid until it expires: nothing is asked but the keys. With it the \
            database's word is at most a second old.
            """,
        exits: [.negative, .inputRejected, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema(
                "a token, also as a line of its own",
                [
                    .optional("token", .string, secret: true, "an access token"),
                    .optional(
                        "access_token", .string, secret: true, "the same, as issue-token prints it"),
                ], allowsOthers: true),
            output: RecordSchema(
                "its claims, or the reason",
                [
                    .required("valid", .boolean, "whether it is to be believed"),
                    .optional("reason", .string, "the check that it fails, or why it was revoked"),
                    .optional("message", .string, "the same as a sentence"),
                    .optional("iss", .string, "who issued it"),
                    .optional("sub", .string, "whom it speaks for"),
                    .optional("aud", .anything, "whom it is for"),
                    .optional("iat", .count, unit: "s", "when it was issued, since 1970"),
                    .optional("nbf", .count, unit: "s", "from when it is good, since 1970"),
                    .optional("exp", .count, unit: "s", "until when it is good, since 1970"),
                    .optional("jti", .string, "its id"),
                    .optional("user_id", .string, "the user"),
                    .optional("role", .string, "the role"),
                    .optional("sid", .string, "the session"),
                ], allowsOthers: true))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var verifier: VerifierOptions

    @Flag(help: "Ask the database too, so that revocation counts.")
    var online = false

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        if online {
            guard verifier.jwks == nil else {
                throw TCError(.usage, "only one of --online and --jwks can be given")
            }
            return try await context.withAuth { auth in
                try await run(context, OnlineCheck(service: auth.service))
            }
        }
        return try await verifier.withVerifier(of: .access, context) { verifier in
            try await run(
                context,
                OfflineCheck(
                    verifier: verifier, now: context.seams.now, workers: context.workerCount))
        }
    }

    nonisolated(nonsending) private func run(
        _ context: CommandContext, _ check: some TokenBatchCheck
    ) async throws -> ExitStatus {
        var summary = Summary(read: 0, accepted: 0)
        var isNegative = false
        var batch = TokenBatch()
        nonisolated(nonsending) func finish() async throws {
            guard !batch.isEmpty else { return }
            let answers = try await check.answers(to: batch)
            summary.read += batch.lines.count
            for part in answers {
                try context.output.write(lines: part.json.bytes)
                summary.accepted += part.accepted
                isNegative = isNegative || part.isNegative
                for (line, error) in part.faults {
                    let line = batch.lines[line]
                    try batch.withBytes(line) { bytes in
                        try context.reject(
                            LineReader.Line(number: line.number, bytes: bytes, fault: nil),
                            of: line.source, error)
                    }
                }
            }
            batch.removeAll()
        }
        for (index, source) in context.sources.enumerated() {
            let descriptor = try source.open()
            defer { if descriptor != STDIN_FILENO { close(descriptor) } }
            let reader = LineReader(descriptor: descriptor, name: source.name)
            reading: while true {
                switch try reader.next() {
                case .end: break reading
                case .line(let line):
                    batch.append(line, of: index)
                    if batch.isFull {
                        try await finish()
                        try context.stopIfInterrupted()
                    }
                case .pause:
                    try await finish()
                    try context.output.flush()
                    try context.stopIfInterrupted()
                    reader.wait()
                }
            }
            try await finish()
        }
        context.summarise(summary)
        return isNegative ? .negative : .done
    }
}

/// Checks all tokens of a batch.
private protocol TokenBatchCheck {
    /// What became of the lines, in their order.
    nonisolated(nonsending) func answers(to batch: TokenBatch) async throws -> [TokenAnswers]
}

/// The answers to some lines that stand together.
private struct TokenAnswers: Sendable {
    var json = JSONWriter()
    var accepted = 0
    var isNegative = false
    /// Lines of the batch that have no token.
    var faults: [(line: Int, error: any Error)] = []

    mutating func valid(_ token: VerifiedToken) {
        json.beginObject()
        json.key("valid")
        json.bool(true)
        token.record.withUnsafeBufferPointer { json.rawFields(ofObject: $0) }
        json.endObject()
        json.newline()
        accepted += 1
    }

    mutating func invalid(_ reason: String, _ message: String) {
        json.beginObject()
        json.key("valid")
        json.bool(false)
        json.key("reason")
        json.string(reason)
        json.key("message")
        json.string(message)
        json.endObject()
        json.newline()
        accepted += 1
        isNegative = true
    }
}

/// With keys alone, on several threads.
private struct OfflineCheck: TokenBatchCheck {
    let verifier: TokenVerifier
    let now: @Sendable () -> Instant
    let workers: Int

    nonisolated(nonsending) func answers(to batch: TokenBatch) async throws -> [TokenAnswers] {
        let count = min(workers, max(1, batch.lines.count / 64))
        let parts = Mutex([TokenAnswers](repeating: TokenAnswers(), count: count))
        let now = now()
        try Workers.run(count) { worker in
            var answers = TokenAnswers()
            let lines = batch.lines.count
            for line in lines * worker / count..<lines * (worker + 1) / count {
                do {
                    try batch.withToken(batch.lines[line]) { token in
                        do throws(TokenRejection) {
                            answers.valid(try verifier.verify(token, at: now))
                        } catch {
                            answers.invalid(error.check.rawValue, error.message)
                        }
                    }
                } catch {
                    answers.faults.append((line, error))
                }
            }
            parts.withLock { $0[worker] = answers }
        }
        return parts.withLock { $0 }
    }
}

/// With what the database says of sessions, many at a time.
private struct OnlineCheck: TokenBatchCheck {
    /// So many questions wait for the database at once.
    private static let atOnce = 32

    let service: AuthService

    nonisolated(nonsending) func answers(to batch: TokenBatch) async throws -> [TokenAnswers] {
        let lines = batch.lines.count
        let count = min(OnlineCheck.atOnce, lines)
        return try await withThrowingTaskGroup(of: (Int, TokenAnswers).self) { group in
            for part in 0..<count {
                group.addTask {
                    var answers = TokenAnswers()
                    for line in lines * part / count..<lines * (part + 1) / count {
                        do {
                            let token = try batch.withToken(batch.lines[line]) {
                                String(decoding: $0, as: UTF8.self)
                            }
                            switch try await service.introspect(token) {
                            case .active(let token): answers.valid(token)
                            case .inactive(let reason, let message):
                                answers.invalid(reason, message)
                            }
                        } catch {
                            answers.faults.append((line, error))
                        }
                    }
                    return (part, answers)
                }
            }
            var parts = [TokenAnswers](repeating: TokenAnswers(), count: count)
            for try await (part, answers) in group { parts[part] = answers }
            return parts
        }
    }
}
