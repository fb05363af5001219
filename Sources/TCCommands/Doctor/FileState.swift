import Glibc
import TCCore

/// What the system says of a file or folder; nothing is opened.
struct FileState {
    let path: String
    private let info: stat

    /// Nil where there is none, or it cannot be looked at. Links are followed.
    init?(_ path: String) {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        self.path = path
        self.info = info
    }

    var isFolder: Bool { info.st_mode & S_IFMT == S_IFDIR }
    var isRegular: Bool { info.st_mode & S_IFMT == S_IFREG }
    var bytes: Int64 { Int64(info.st_size) }
    /// The file system that it is on.
    var device: UInt64 { UInt64(info.st_dev) }
    var isOurs: Bool { info.st_uid == geteuid() }
    var owner: UInt32 { info.st_uid }

    /// The permission bits: `0600`.
    var mode: String {
        let digits = String(info.st_mode & 0o7777, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Whether its group, or everybody, may do any of this (`4` reads, `2` writes).
    func group(may bits: mode_t) -> Bool { info.st_mode & (bits << 3) != 0 }
    func everybody(may bits: mode_t) -> Bool { info.st_mode & bits != 0 }

    /// Whether this process may do that: `R_OK | W_OK`.
    static func may(_ access: Int32, _ path: String) -> Bool { Glibc.access(path, access) == 0 }

    /// The folder itself, or the nearest above it that there is: where it would be made.
    static func nearestFolder(_ path: String) -> String {
        var path = path
        while !path.isEmpty, FileState(path)?.isFolder != true {
            while path.hasSuffix("/"), path != "/" { path.removeLast() }
            guard let slash = path.lastIndex(of: "/") else { return "." }
            path = slash == path.startIndex ? "/" : String(path[..<slash])
        }
        return path.isEmpty ? "." : path
    }

    /// The folder that a file is in.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

extension DoctorFinding {
    /// What there is to say of something that is made at first use: whether it could be.
    static func notYet(_ check: String, _ subject: String, in folder: String) -> DoctorFinding {
        let place = FileState.nearestFolder(folder)
        guard FileState.may(W_OK | X_OK, place) else {
            return DoctorFinding(
                .failed, check, subject, "it is not there, and '\(place)' does not let it be made",
                hint: "run this as the user of the service, or let that user write '\(place)'")
        }
        return DoctorFinding(.skipped, check, subject, "it is made at first use")
    }

    /// What there is to say of who may read a secret file.
    static func secrecy(_ check: String, _ file: FileState) -> DoctorFinding {
        let hint = "chmod 600 '\(file.path)', and think who may have read it"
        if file.everybody(may: 6) {
            return DoctorFinding(
                .failed, check, file.path, "everybody may read or change it, mode \(file.mode)",
                hint: hint)
        }
        if file.group(may: 6) {
            return DoctorFinding(
                .warning, check, file.path, "its group may read or change it, mode \(file.mode)",
                hint: hint)
        }
        guard file.isOurs || geteuid() == 0 else {
            return DoctorFinding(
                .warning, check, file.path,
                "it belongs to the user \(file.owner), mode \(file.mode)",
                hint: "run this as the user of the service")
        }
        return DoctorFinding(.passed, check, file.path, "mode \(file.mode)")
    }
}
