import ArgumentParser
import TCCore
import TCWire

/// `tc doctor`
struct Doctor: PrintsRecords {
    static let help = CommandHelp(
        "doctor", "Check all that the configuration names, and say what to mend.",
        examples: [
            ("Is everything as it should be?", "tc doctor --format table"),
            ("Only what is not", "tc doctor --problems --offline"),
        ],
        discussion: """
            One record for each check. Checked are settings, folders, files and who may read them, \
            the database and its schema, the cache, keys, identity providers, the clock, and room on \
            disks. Nothing is made or changed, so what is made at first use is skipped. Status 1 if a \
            check failed; a warning is worth a look and no failure. Settings that cannot be read end \
            it with 78, and the file and line.
            """,
        exits: [.negative, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            output: RecordSchema(
                "a check",
                [
                    .required("check", .string, "what was checked"),
                    .required("subject", .string, "of which file, folder, server or key"),
                    .required(
                        "outcome", .oneOf(DoctorFinding.Outcome.allCases.map(\.rawValue)),
                        "what came of it"),
                    .required("detail", .string, "what was found"),
                    .optional("hint", .string, "what to do about it"),
                ]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Call no identity provider.")
    var offline = false

    @Flag(help: "Print only warnings and failures.")
    var problems = false

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        let checkup = Checkup(
            settings: context.settings, seams: context.seams, isOffline: offline)
        var outcomes: [DoctorFinding.Outcome: Int] = [:]
        for check in DoctorCheck.all {
            context.diagnostics.progress { "checking \(check.name)" }
            for finding in await check.findings(checkup) {
                outcomes[finding.outcome, default: 0] += 1
                guard !problems || finding.outcome.isProblem else { continue }
                try context.output.write(lines: finding.line)
            }
        }
        await checkup.close()
        context.diagnostics.note(
            DoctorFinding.Outcome.allCases.map { "\($0.rawValue) \(outcomes[$0, default: 0])" }
                .joined(separator: ", "))
        return outcomes[.failed] == nil ? .done : .negative
    }
}
