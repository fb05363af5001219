import ArgumentParser
import Glibc
import TCAuth
import TCCore
import TCWire

/// `tc auth mfa enroll`
struct AuthMFAEnroll: AnswersLines {
    static let help = CommandHelp(
        "enroll", "Make a secret for a user's authenticator app.",
        examples: [
            ("With a QR code on the terminal", "tc auth mfa enroll --user ada@example.com --qr"),
            ("With one as a picture", "tc auth mfa enroll --user ada@example.com --svg code.svg"),
        ],
        discussion: """
            It takes effect with confirm; until then the user logs in as before, and enrolling again \
            makes another secret. Whoever sees the answer or the QR code can make the codes.
            """,
        exits: [.negative, .inputRejected, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema.userInput("whose app"),
            output: RecordSchema(
                "what the app wants to know",
                [
                    .status("enrolled", "already_enrolled", "not_found"), .userID, .email,
                    .optional("secret", .string, secret: true, "in base32, for typing"),
                    .optional(
                        "otpauth_uri", .string, secret: true, "the otpauth URI, for a QR code"),
                ]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var user: UserOption

    @Flag(help: "Draw the QR code on standard error.")
    var qr = false

    @Option(
        help: .init("Draw the QR code as this SVG file; with --user only.", valueName: "file"),
        completion: .file(extensions: ["svg"]))
    var svg: String?

    var flagFields: [FlagField] {
        get throws {
            if svg != nil, user.user == nil {
                throw TCError(.usage, "--svg needs --user, since it is one file for one user")
            }
            return [user.field]
        }
    }

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withAuth { auth in
            try await answer(context) { record in
                guard let user = try await auth.service.user(UserKey(record)) else {
                    return MFAOutcome.userNotFound
                }
                let outcome = try await auth.service.enrollMFA(user.id)
                if case .enrolled(let enrolment) = outcome { try draw(enrolment, context) }
                return outcome
            }
        }
    }

    private func draw(_ enrolment: MFAEnrolment, _ context: CommandContext) throws {
        guard qr || svg != nil else { return }
        let code = try QRCode(enrolment.uri)
        if let svg {
            var file = try OutputFile(path: svg, appearsWhenWhole: true, isPrivate: true)
            var text = QRSVG(code, title: "Code for an authenticator app").text
            try text.withUTF8 { try file.write(UnsafeRawBufferPointer($0)) }
            try file.finish()
        }
        if qr {
            let isColoured =
                isatty(STDERR_FILENO) == 1 && !common.noColor
                && Diagnostics.environmentAllowsColour
            let style: QRTerminal.Style = isColoured ? .coloured : .lightOnDark
            context.diagnostics.line(String(QRTerminal(code, style: style).text.dropLast()))
        }
    }
}
