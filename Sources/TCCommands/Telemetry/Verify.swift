import ArgumentParser
import TCCore
import TCTelemetry
import TCWire

/// `tc telemetry verify`
struct Verify: PrintsRecords, ShowsProgress {
    static let help = CommandHelp(
        "verify", "Read the whole store again and check that every file is sound.",
        examples: [
            ("Is everything readable and right?", "tc telemetry verify"),
            ("Only the files that are not", "tc telemetry verify | jq -c 'select(.ok|not)'"),
        ],
        discussion: """
            One record for each file. Checked are the checksums of every page and index, the counts \
            of rows, that each row lies in its file's day and in strict order of vehicle and time (so \
            none is there twice), the ranges of values, and that statistics and indexes say what the \
            rows say. Status 74 if a file is not sound; each such file is named on standard error. A \
            file that is replaced is the rest of a compact that was killed: queries leave it out and \
            the next compact removes it.
            """,
        exits: [.inputOutput, .notPermitted, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            output: RecordSchema(
                "a file of the store",
                [
                    .required("file", .string, "its path below the store's folder"),
                    .required("ok", .boolean, "whether it is sound"),
                    .required("rows", .count, "its rows; 0 if it cannot be read at all"),
                    .required("vehicles", .count, "its vehicles"),
                    .required("bytes", .count, "its bytes"),
                    .required("state", .oneOf(["current", "replaced"]), "whether queries read it"),
                    .optional("error", .string, "the first thing that is wrong"),
                ]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var progress: ProgressOptions
    @OptionGroup var store: StoreOptions

    func run(in context: CommandContext) throws -> ExitStatus {
        let store = try TelemetryStore(url: try context.storeURL(store))
        var status = ExitStatus.done
        var done = 0
        try store.verify(try context.maintenance("verifying")) { file in
            var json = JSONWriter()
            write(file, to: &json)
            try context.output.write(lines: json.bytes)
            try context.output.flush()
            done += 1
            let count = done
            context.diagnostics.progress { "verified \(count) files" }
            if let fault = file.fault {
                context.diagnostics.error(fault)
                status = ExitStatus(fault.kind)
            }
        }
        return status
    }

    private func write(_ file: VerifiedFile, to json: inout JSONWriter) {
        json.beginObject()
        json.key("file")
        json.string(file.file)
        json.key("ok")
        json.bool(file.fault == nil)
        json.count("rows", file.rows)
        json.count("vehicles", file.vehicles)
        json.count("bytes", file.bytes)
        json.key("state")
        json.string(file.isReplaced ? "replaced" : "current")
        if let fault = file.fault {
            json.key("error")
            json.string(fault.message)
        }
        json.endObject()
        json.newline()
    }
}
