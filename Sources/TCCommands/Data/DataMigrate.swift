import ArgumentParser
import TCCore
import TCData
import TCEngines
import TCStore
import TCWire

/// `tc data migrate`
struct DataMigrate: PrintsRecords {
    static let help = CommandHelp(
        "migrate", "Bring a database to the schema that a folder of SQL files describes.",
        examples: [
            ("What would be done?", "tc data migrate migrations --dry-run"),
            ("Do it", "tc data migrate migrations"),
        ],
        discussion: """
            The folder holds 0001_what.sql, 0002_what.sql and so on, without gaps. Each file is one \
            transaction and is applied once, of several starters by one. A file that was applied must \
            not be edited, and a database that is newer than the folder is left alone: both are told \
            and nothing is changed.
            """,
        exits: [.unavailable, .inputOutput, .inputRejected, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            output: RecordSchema(
                "a migration",
                [
                    .required("version", .count, "its number"),
                    .required("name", .string, "its file"),
                    .required(
                        "status", .oneOf(["applied", "would_apply", "present"]),
                        "applied now, to be applied, or applied before"),
                    .required("statements", .count, "how many it has"),
                ]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var dry: DryRunOptions

    @Option(help: .init("The database (TC_DATA_DATABASE).", valueName: "url"))
    var database: String?

    @Argument(help: .init("The folder of migrations.", valueName: "folder"), completion: .directory)
    var folder: String

    /// One step may rewrite a large table.
    private static let statementTimeout = Duration.seconds(3600)

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        let files = try readFiles()
        var options = DatabaseOptions()
        options.statementTimeout = DataMigrate.statementTimeout
        return try await context.withCluster(database, options) { cluster in
            let steps = try MigrationFile.read(files, dialect: cluster.dialect)
            let migrations = steps.map(\.migration)
            let database = try await cluster.primary().database
            let missing = try await Migrations.missing(migrations, in: database)
            if !dry.dryRun {
                try await Migrations.apply(migrations, to: database, at: context.seams.now())
            }
            for step in steps {
                let isMissing = missing.contains(step.migration)
                let status = isMissing ? (dry.dryRun ? "would_apply" : "applied") : "present"
                var writer = JSONWriter()
                writer.beginObject()
                writer.key("version")
                writer.int(step.migration.version)
                writer.member("name", step.name)
                writer.member("status", status)
                writer.key("statements")
                writer.int(step.migration.sql.count)
                writer.endObject()
                writer.newline()
                try context.output.write(lines: writer.bytes)
            }
            return .done
        }
    }

    private func readFiles() throws -> [(name: String, text: String)] {
        let files = FileSystem()
        guard files.isFolder(folder) else {
            throw TCError(.io, "there is no folder '\(folder)'")
        }
        return try files.list(folder).filter { $0.hasSuffix(".sql") }.map { name in
            let bytes = try SmallFile.read(
                "\(folder)/\(name)", atMost: SQLScanner.maximumBytes)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw TCError(.badInput, "'\(folder)/\(name)' is not UTF-8")
            }
            return (name, text)
        }
    }
}
