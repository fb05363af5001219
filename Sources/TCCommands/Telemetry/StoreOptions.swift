import ArgumentParser
import TCCore

/// The flag of every command that reads or writes the telemetry store.
public struct StoreOptions: ParsableArguments {
    @Option(help: .init("Where telemetry is kept (TC_TELEMETRY_STORE).", valueName: "url"))
    public var store: String?

    public init() {}
}

extension CommandContext {
    /// The URL of the telemetry store, `parquet:DIR`.
    func storeURL(_ options: StoreOptions) throws -> String {
        try settings.value(.telemetryStore, flag: options.store)
    }

    /// How many threads to use for heavy work.
    var workerCount: Int {
        get throws {
            let count = try settings.value(.workers)
            return count == 0 ? Workers.processorCount : count
        }
    }
}
