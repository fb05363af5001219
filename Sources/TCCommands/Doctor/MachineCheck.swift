import Glibc
import TCCore
import TCStore
import TCTelemetry

/// Room on the disks of everything that is kept in files.
enum DiskCheck {
    private static let name = "disk"
    /// With less, an ingest of some minutes may fail.
    private static let scarce: Int64 = 1 << 30
    /// With less, SQLite may not get its log.
    private static let full: Int64 = 64 << 20
    /// Files that can still be made.
    private static let fewFiles: UInt64 = 1000

    static func find(_ checkup: Checkup) throws -> [DoctorFinding] {
        var folders = [try checkup.settings.value(.home)]
        // What cannot be read of these two is told where they are checked.
        if let store = try? TelemetryStore(url: checkup.settings.value(.telemetryStore)) {
            folders.append(store.directory)
        }
        if let file = DatabaseCheck.file(of: try checkup.settings.value(.database)) {
            folders.append(FileState.folder(of: file))
        }
        var seen: Set<UInt64> = []
        return folders.compactMap { folder in
            guard let place = FileState(FileState.nearestFolder(folder)),
                seen.insert(place.device).inserted
            else { return nil }
            return room(folder, at: place.path)
        }
    }

    private static func room(_ folder: String, at place: String) -> DoctorFinding? {
        var info = statvfs()
        guard statvfs(place, &info) == 0 else { return nil }
        let free = Int64(clamping: info.f_bavail.multipliedReportingOverflow(by: info.f_frsize).0)
        let size = Int64(clamping: info.f_blocks.multipliedReportingOverflow(by: info.f_frsize).0)
        let detail = "\(SizeText.of(free)) of \(SizeText.of(size)) are free"
        // Some file systems have no count of files; they say 0 of 0.
        if info.f_files > 0, info.f_favail < fewFiles {
            return DoctorFinding(
                .warning, name, folder, "only \(info.f_favail) files more can be made",
                hint: "remove files that nobody needs")
        }
        guard free < scarce else { return DoctorFinding(.passed, name, folder, detail) }
        return DoctorFinding(
            free < full ? .failed : .warning, name, folder, detail,
            hint: "free some, or move the setting's folder to another disk")
    }
}

/// Whether the clock can be right.
enum ClockCheck {
    /// When this was written, and when RFC 3339 still has room.
    private static let plausible =
        Instant(milliseconds: 1_767_225_600_000)..<Instant(milliseconds: 4_102_444_800_000)

    static func find(_ checkup: Checkup) -> [DoctorFinding] {
        let now = checkup.seams.now()
        guard plausible.contains(now) else {
            return [
                DoctorFinding(
                    .failed, "clock", "this machine", "it says \(now)",
                    hint: "set it: tokens are good and end by it")
            ]
        }
        return [DoctorFinding(.passed, "clock", "this machine", "it says \(now)")]
    }
}

/// How many files and connections this process may have open.
enum DescriptorsCheck {
    /// A daemon has one for each client; a store, one for each of its files.
    private static let few: UInt = 4096

    static func find(_ checkup: Checkup) -> [DoctorFinding] {
        FileSystem.allowManyOpenFiles()
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return [] }
        let count = limit.rlim_cur
        let detail =
            count == rlim_t.max ? "as many as it likes" : "it may have \(count) files open"
        guard count < few else {
            return [DoctorFinding(.passed, "descriptors", "this process", detail)]
        }
        return [
            DoctorFinding(
                .warning, "descriptors", "this process", detail,
                hint: "raise LimitNOFILE of the unit, or the shell's ulimit -n")
        ]
    }
}
