import ArgumentParser
import TCCore
import TCData
import TCEngines
import TCStore
import TCWire

/// The flags of every command of the family.
struct DataOptions: ParsableArguments {
    @Option(
        help: .init("What may be asked, as a YAML file (TC_DATA_CATALOG).", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml"]))
    var catalog: String?

    @Option(help: .init("The database (TC_DATA_DATABASE).", valueName: "url"))
    var database: String?
}

/// What stands behind the commands and the daemon of the data family.
struct DataEngines {
    let cluster: any DatabaseCluster
    let service: DataService
    /// The cache that all nodes share; nil where each keeps its own.
    let shared: (any Cache)?

    /// Opens the database that a flag or the settings name.
    static func openCluster(
        _ settings: Settings, _ seams: Seams, flag: String? = nil,
        options: DatabaseOptions = DatabaseOptions()
    ) throws -> any DatabaseCluster {
        let home = try settings.value(.home)
        let url = try settings.value(.dataDatabase, flag: flag)
        if url == "sqlite:\(home)/data.db" { try StateFolder.make(home) }
        return try TCEngines.openCluster(url: url, seams: seams, options: options)
    }

    /// The engines of a catalogue: the database, the cache and the key that the settings name.
    static func open(
        _ catalog: Catalog, _ settings: Settings, _ seams: Seams, database: String? = nil
    ) async throws -> DataEngines {
        let (home, keyFile) = (try settings.value(.home), try settings.value(.dataKeyFile))
        if keyFile == "\(home)/data.key" { try StateFolder.make(home) }
        let cluster = try openCluster(settings, seams, flag: database)
        do {
            let shared = try openShared(settings, seams)
            do {
                let service = try DataService(
                    catalog: catalog, cluster: cluster,
                    cursors: PageCursors(key: try CursorKey.open(keyFile, seams)),
                    cache: try ReadCache(shared: shared, seams: seams),
                    maxLag: try settings.value(.dataMaxLag))
                return DataEngines(cluster: cluster, service: service, shared: shared)
            } catch {
                await shared?.close()
                throw error
            }
        } catch {
            await cluster.close()
            throw error
        }
    }

    /// The cache that all nodes share, nil for none.
    static func openShared(_ settings: Settings, _ seams: Seams) throws -> (any Cache)? {
        let url = try settings.value(.dataCache)
        return url == "memory:" ? nil : try openCache(url: url, seams: seams)
    }

    /// Puts the engines away.
    func close() async {
        await shared?.close()
        await cluster.close()
    }
}

/// A catalogue in a file.
enum CatalogFile {
    /// One that is used must have no fault.
    ///
    /// Throws `.configuration`, naming the file and the line.
    static func sound(_ path: String) throws(TCError) -> Catalog {
        let reader = CatalogReader(try SettingsFile.document(path))
        if let fault = reader.faults.first {
            throw TCError(
                .configuration, "\(path):\(fault.line): \(fault.entry): \(fault.message)",
                hint: "tc data catalog check shows every fault")
        }
        return reader.catalog
    }
}

extension CommandContext {
    /// Runs `body` on the database and the catalogue of the settings, and puts them away. Where no
    /// catalogue is named it is empty.
    nonisolated(nonsending) func withData(
        _ options: DataOptions, _ body: (DataEngines) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        let path = try settings.value(.dataCatalog, flag: options.catalog)
        let catalog = path.isEmpty ? Catalog() : try CatalogFile.sound(path)
        let engines = try await DataEngines.open(
            catalog, settings, seams, database: options.database)
        do {
            let status = try await body(engines)
            await engines.close()
            return status
        } catch {
            await engines.close()
            throw error
        }
    }

    /// Runs `body` on the database that a flag or the settings name, and puts it away.
    nonisolated(nonsending) func withCluster(
        _ flag: String?, _ options: DatabaseOptions = DatabaseOptions(),
        _ body: (any DatabaseCluster) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        let cluster = try DataEngines.openCluster(settings, seams, flag: flag, options: options)
        do {
            let status = try await body(cluster)
            await cluster.close()
            return status
        } catch {
            await cluster.close()
            throw error
        }
    }
}

/// The flags that say how fresh an answer must be.
struct FreshnessOptions: ParsableArguments {
    @Option(
        help: .init(
            "How far behind the primary a replica may be (TC_DATA_MAX_LAG).",
            valueName: "duration"))
    var maxLag: String?

    @Option(
        help: .init("See at least what was written up to this position.", valueName: "lsn"))
    var minLsn: String?

    func options(_ options: ReadOptions) throws -> ReadOptions {
        var options = options
        options.maxLag = try maxLag.map { try duration($0, flag: "--max-lag") }
        options.minLSN = try minLsn.map { try LSN(text: $0) }
        return options
    }
}

/// The flags of commands that read pages of rows.
struct PageOptions: ParsableArguments {
    @Option(help: .init("Rows of a page, 1 to 100.", valueName: "count"))
    var limit: Int?

    @Option(
        help: .init("Go on behind this place: 'next' of the page before.", valueName: "cursor"))
    var cursor: String?

    @Flag(help: "All pages, one after another.")
    var all = false

    @Flag(help: "Behind each page a line that says where it came from and how old it is.")
    var meta = false

    @OptionGroup var freshness: FreshnessOptions

    /// How a question is to be answered, a record's own wishes before those of the flags.
    func options(_ record: JSONObject) throws -> ReadOptions {
        var options = ReadOptions()
        if let limit = record["limit"]?.number?.int64.flatMap(Int.init(exactly:)) ?? limit {
            options.limit = limit
        }
        options.cursor = record["cursor"]?.string ?? cursor
        options = try freshness.options(options)
        if let position = record["min_lsn"]?.string { options.minLSN = try LSN(text: position) }
        return options
    }
}

extension CommandContext {
    /// Prints a page, or all pages, and says whether there was a row.
    nonisolated(nonsending) func print(
        _ pages: PageOptions, _ first: ReadOptions,
        _ read: (ReadOptions) async throws -> DataPage
    ) async throws -> Bool {
        var options = first
        var isFound = false
        while true {
            let page = try await read(options)
            isFound = isFound || page.rows > 0
            try output.write(lines: page.lines)
            if pages.meta { try output.write(lines: page.metaLine) }
            guard pages.all, let next = page.next else { return isFound }
            options.cursor = next
            try stopIfInterrupted()
        }
    }
}

/// A command that prints rows, whose columns only the database knows.
protocol PrintsRows: PrintsRecords {}

extension PrintsRows {
    var outputColumns: [String] { [] }
}

extension RecordSchema {
    /// Rows have the columns of their table or query.
    static let row = RecordSchema("a row", [], allowsOthers: true)
}

extension RecordSchema.Field {
    static let pageFields: [RecordSchema.Field] = [
        .optional("limit", .integer(1...100), "rows of a page"),
        .optional("cursor", .string, "where the page before ended"),
        .optional("min_lsn", .string, "a position that must have been seen"),
    ]
}

/// `NAME=VALUE`, as flags have it.
struct AssignedWord: ExpressibleByArgument {
    let name: String
    let value: String

    init?(argument: String) {
        let parts = argument.split(
            separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return nil }
        name = String(parts[0])
        value = String(parts[1])
    }
}

extension [AssignedWord] {
    /// As an object; a word is JSON where its declaration is of another type than text.
    func object(_ declared: [ColumnDeclaration]) throws -> JSONObject {
        var object = JSONObject()
        for word in self {
            let type = declared.first { $0.name == word.name }?.type
            object[word.name] = type?.json(word.value) ?? .string(word.value)
        }
        return object
    }
}
