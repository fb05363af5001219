import Logging
import TCWire

/// Brings what libraries say into the same log, from warnings up.
struct LibraryLog: LogHandler {
    let log: ServerLog
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.warning

    /// A logger for a library to write to.
    static func logger(_ label: String, to log: ServerLog) -> Logger {
        Logger(label: label) { _ in LibraryLog(log: log) }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = event.metadata.map { metadata.merging($0) { $1 } } ?? metadata
        log.write(event.level >= .error ? .error : .warning, "\(event.message)") { json in
            json.key("source")
            json.string(event.source)
            for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
                json.key(name)
                json.string("\(value)")
            }
        }
    }
}
