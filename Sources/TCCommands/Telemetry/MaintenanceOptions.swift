import ArgumentParser
import TCCore
import TCTelemetry

/// The flag of what can show beforehand what it would do.
struct DryRunOptions: ParsableArguments {
    @Flag(
        name: [.customShort("n"), .long],
        help: "Change nothing; print what would be done.")
    var dryRun = false
}

extension CommandContext {
    /// How maintenance of the store runs in this command: on all threads, until a signal asks it to
    /// stop, and with its progress on a terminal.
    func maintenance(_ verb: String) throws -> MaintenanceControl {
        let diagnostics = diagnostics
        return MaintenanceControl(
            workers: try workerCount, interrupted: { Interruption.wasRequested },
            progress: { day, done, all in
                diagnostics.progress { "\(verb) \(day): \(done) of \(all) rows" }
            })
    }
}
