import Glibc
import TCCore

/// The folder for state: that it is there, whose it is, and who else may change what is in it.
enum HomeCheck {
    private static let name = "home"

    static func find(_ checkup: Checkup) throws -> [DoctorFinding] {
        let path = try checkup.settings.value(.home)
        guard let folder = FileState(path) else { return [.notYet(name, path, in: path)] }
        guard folder.isFolder else {
            return [
                DoctorFinding(
                    .failed, name, path, "it is no folder", hint: "give another with --home")
            ]
        }
        guard FileState.may(R_OK | W_OK | X_OK, path) else {
            return [
                DoctorFinding(
                    .failed, name, path,
                    "this process may not write it: it belongs to the user \(folder.owner), "
                        + "mode \(folder.mode)",
                    hint: "run this as the user of the service")
            ]
        }
        // Whoever may write a folder may put other files in the place of those in it.
        if folder.everybody(may: 2) || folder.group(may: 2) {
            let who = folder.everybody(may: 2) ? "everybody" : "its group"
            return [
                DoctorFinding(
                    folder.everybody(may: 2) ? .failed : .warning, name, path,
                    "\(who) may change what is in it, mode \(folder.mode)",
                    hint: "chmod go-w '\(path)'")
            ]
        }
        guard folder.isOurs else {
            return [
                DoctorFinding(
                    .warning, name, path, "it belongs to the user \(folder.owner), not to this one",
                    hint: "run this as the user of the service, so that files it makes stay its own"
                )
            ]
        }
        return [DoctorFinding(.passed, name, path, "mode \(folder.mode)")]
    }
}
