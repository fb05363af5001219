import TCCore
import TCData
import TCEngines
import TCStore

/// The database of the data family and its catalogue, where one is named: that the servers answer, and
/// that every entry fits.
enum DataCheck {
    private static let name = "data.database"

    static func find(_ checkup: Checkup) async throws -> [DoctorFinding] {
        let path = try checkup.settings.value(.dataCatalog)
        guard !path.isEmpty else { return [] }
        let url = try checkup.settings.value(.dataDatabase)
        let subject = SafeURL.text(url)
        if let file = DatabaseCheck.file(of: url), try !DatabaseCheck.isMade(file) {
            return [.notYet(name, subject, in: FileState.folder(of: file))]
        }
        let cluster = try openCluster(
            url: url, seams: checkup.seams, options: Checkup.options)
        var findings: [DoctorFinding] = []
        for member in await cluster.status() {
            let isSound = member.isReachable && member.problem == nil
            findings.append(
                DoctorFinding(
                    isSound ? .passed : .failed, name, member.name,
                    isSound
                        ? "it answers as \(member.role?.rawValue ?? "a server")"
                        : member.problem ?? "it does not answer"))
        }
        findings.append(await catalog(path, cluster))
        await cluster.close()
        return findings
    }

    private static func catalog(
        _ path: String, _ cluster: any DatabaseCluster
    ) async -> DoctorFinding {
        let name = "data.catalog"
        do {
            let reader = CatalogReader(try SettingsFile.document(path))
            let faults =
                try await reader.faults
                + CatalogCheck.faults(
                    of: reader.catalog, on: try await cluster.primary().database)
            guard let first = faults.first else {
                return DoctorFinding(
                    .passed, name, path, "\(reader.catalog.entries.count) entries are sound")
            }
            return DoctorFinding(
                .failed, name, path,
                "\(faults.count) faults, the first in line \(first.line): \(first.message)",
                hint: "tc data catalog check shows every fault")
        } catch {
            return DoctorFinding(.failed, name, path, error)
        }
    }
}
