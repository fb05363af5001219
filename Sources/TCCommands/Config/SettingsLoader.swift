import Glibc
import TCCore

extension Settings {
    /// Gathers the settings of one run.
    ///
    /// `config` and `home` are the flags of those names. Throws `.configuration` for a file that
    /// cannot be read or that holds an unknown key or a bad value, naming file and line.
    static func load(
        config: String?, home: String?,
        environment: @escaping @Sendable (String) -> String? = {
            getenv($0).map { String(cString: $0) }
        }
    ) throws -> Settings {
        var entries: [String: Entry] = [:]
        for setting in settingTable {
            if let text = environment(setting.variable), !text.isEmpty {
                entries[setting.name] = Entry(text: text, source: .environment(setting.variable))
            }
        }
        if let home { entries["home"] = Entry(text: home, source: .flag) }
        return Settings(entries: entries, environment: environment)
    }
}
