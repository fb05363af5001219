import ArgumentParser
import TCCore
import TCTelemetry

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
