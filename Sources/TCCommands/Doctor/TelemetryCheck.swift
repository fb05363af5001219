import Glibc
import TCCore
import TCTelemetry

/// The telemetry store: that it can be read and written, and who is at work on it.
enum TelemetryCheck {
    private static let name = "telemetry.store"
    /// Files that are named one by one where they cannot be read.
    private static let mostNamed = 10

    static func find(_ checkup: Checkup) throws -> [DoctorFinding] {
        let url = try checkup.settings.value(.telemetryStore)
        let store: TelemetryStore
        do {
            store = try TelemetryStore(url: url)
        } catch {
            return [DoctorFinding(.failed, name, SafeURL.text(url), error)]
        }
        let (path, isThere) = store.folder
        guard isThere else { return [.notYet(name, path, in: path)] }
        guard FileState.may(R_OK | X_OK, path) else {
            return [
                DoctorFinding(
                    .failed, name, path, "this process may not read it",
                    hint: "run this as the user of the service")
            ]
        }
        let snapshot = try store.snapshot()
        var findings = snapshot.failures.errors.prefix(mostNamed).map {
            DoctorFinding(.failed, name, path, $0)
        }
        let damaged = snapshot.failures.errors.count
        if damaged > mostNamed {
            findings.append(
                DoctorFinding(.failed, name, path, "\(damaged) files cannot be read"))
        }
        if findings.isEmpty {
            findings.append(
                FileState.may(W_OK, path)
                    ? DoctorFinding(
                        .passed, name, path, "every file opens; rows \(snapshot.storedRows)")
                    : DoctorFinding(
                        .failed, name, path, "this process may not write it",
                        hint: "run this as the user of the service"))
        }
        let lock = store.isUnderMaintenance ? "a compact or forget is running" : "it is free"
        return findings + [DoctorFinding(.passed, "telemetry.lock", path, lock)]
    }
}
