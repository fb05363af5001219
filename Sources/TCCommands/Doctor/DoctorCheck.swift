import TCCore
import TCEngines
import TCStore

/// Something that can be checked: a function from what there is to what it found.
///
/// It makes and changes nothing, and takes some seconds at most. What it throws counts as failed.
struct DoctorCheck: Sendable {
    /// What findings of it are called where it throws.
    let name: String
    let find: @Sendable (Checkup) async throws -> [DoctorFinding]

    init(_ name: String, _ find: @escaping @Sendable (Checkup) async throws -> [DoctorFinding]) {
        self.name = name
        self.find = find
    }

    /// One line a check, in the order in which they are printed.
    static let all = [
        DoctorCheck("configuration", ConfigurationCheck.find),
        DoctorCheck("home", HomeCheck.find),
        DoctorCheck("telemetry.store", TelemetryCheck.find),
        DoctorCheck("database", DatabaseCheck.find),
        DoctorCheck("cache", CacheCheck.find),
        DoctorCheck("auth.keys", KeysCheck.find),
        DoctorCheck("auth.providers", ProvidersCheck.find),
        DoctorCheck("data", DataCheck.find),
        DoctorCheck("disk", DiskCheck.find),
        DoctorCheck("clock", ClockCheck.find),
        DoctorCheck("descriptors", DescriptorsCheck.find),
    ]

    /// What it finds.
    func findings(_ checkup: Checkup) async -> [DoctorFinding] {
        do {
            return try await find(checkup)
        } catch {
            return [DoctorFinding(.failed, name, "", error)]
        }
    }
}

/// What checks are given to work with.
struct Checkup: Sendable {
    let settings: Settings
    let seams: Seams
    /// Whether nobody else's servers may be called.
    let isOffline: Bool
    /// The database of the settings, as far as it can be used without making it.
    let database: Access

    /// What may be done with the database.
    enum Access: Sendable {
        /// It is made at first use.
        case absent
        /// It may be asked; nobody knows yet whether it answers.
        case open(any Database)
        /// It cannot even be tried.
        case unusable(TCError)
    }

    init(settings: Settings, seams: Seams, isOffline: Bool) {
        self.settings = settings
        self.seams = seams
        self.isOffline = isOffline
        do {
            let url = try settings.value(.database)
            if let file = DatabaseCheck.file(of: url), try !DatabaseCheck.isMade(file) {
                database = .absent
            } else {
                database = .open(try openDatabase(url: url, seams: seams, options: Checkup.options))
            }
        } catch {
            database = .unusable(
                (error as? any TCErrorConvertible)?.tcError ?? TCError(.bug, "\(error)"))
        }
    }

    /// Short waits, since somebody waits for the answer; room for a look at a whole file.
    static var options: DatabaseOptions {
        var options = DatabaseOptions()
        options.waitLimit = .seconds(2)
        options.connectTimeout = .seconds(3)
        options.statementTimeout = .seconds(60)
        return options
    }

    /// Puts the database away.
    func close() async {
        if case .open(let database) = database { await database.close() }
    }

    /// What `body` gives, and how long it took, as text: `1.2 ms`.
    func timed<Result>(
        _ body: () async throws -> Result
    ) async rethrows -> (result: Result, took: String) {
        let start = seams.uptime()
        let result = try await body()
        let tenths = Int(((seams.uptime() - start) * 10_000).rounded())
        return (result, "\(tenths / 10).\(tenths % 10) ms")
    }
}
