import Glibc
import TCCore

/// Where settings came from, and what of them cannot be meant.
enum ConfigurationCheck {
    private static let name = "configuration"

    static func find(_ checkup: Checkup) throws -> [DoctorFinding] {
        let files = try files(checkup.settings)
        let variables = Settings.processVariables().sorted()
        let known = settingTable.map(\.variable) + ["TC_CONFIG"]
        let set = variables.filter(known.contains)
        var findings = files.map(finding)
        if !set.isEmpty {
            findings.append(
                DoctorFinding(.passed, name, "environment", set.joined(separator: ", ")))
        }
        if findings.isEmpty {
            findings.append(DoctorFinding(.passed, name, "defaults", "nothing is set"))
        }
        return findings
            + variables.filter { !known.contains($0) }.map { variable in
                DoctorFinding(
                    .warning, name, variable, "no setting has this variable",
                    hint: nearest(to: variable, in: known).map { "did you mean '\($0)'?" })
            }
    }

    /// A file, the settings that come from it, and whether one of them holds a password.
    private typealias SettingsOfFile = (path: String, names: [String], hasPassword: Bool)

    private static func files(_ settings: Settings) throws -> [SettingsOfFile] {
        var files: [SettingsOfFile] = []
        for setting in settingTable {
            let entry = try settings.entry(setting.name)
            guard case .file(let path, _) = entry.source else { continue }
            let hasPassword = SafeURL.mayHoldPassword(entry.text)
            if let place = files.firstIndex(where: { $0.path == path }) {
                files[place].names.append(setting.name)
                files[place].hasPassword = files[place].hasPassword || hasPassword
            } else {
                files.append((path, [setting.name], hasPassword))
            }
        }
        return files
    }

    private static func finding(_ file: SettingsOfFile) -> DoctorFinding {
        let detail = "it sets \(file.names.joined(separator: ", "))"
        guard file.hasPassword, let state = FileState(file.path),
            state.everybody(may: 4) || state.group(may: 4)
        else { return DoctorFinding(.passed, name, file.path, detail) }
        return DoctorFinding(
            .warning, name, file.path,
            "it holds a password, and others may read it, mode \(state.mode)",
            hint: "chmod 600 '\(file.path)'")
    }
}
