import Glibc
import TCCore

extension Settings {
    /// Gathers the settings of one run, the weakest first, each stronger source over the one before.
    ///
    /// `config` and `home` are the flags of those names. Throws `.configuration` for a file that
    /// cannot be read and for an unknown key or a bad value, naming file and line or the variable.
    static func load(
        config: String?, home: String?,
        environment: @escaping @Sendable (String) -> String? = Settings.processEnvironment
    ) throws -> Settings {
        var entries: [String: Entry] = [:]
        // The two standard places hold what a machine and a project prefer, so both may be missing;
        // a file that somebody named must be there.
        for path in standardFiles(environment) where access(path, F_OK) == 0 {
            try read(path, into: &entries)
        }
        let named = config ?? environment("TC_CONFIG").flatMap { $0.isEmpty ? nil : $0 }
        if let named { try read(named, into: &entries) }
        for setting in settingTable {
            guard let text = environment(setting.variable), !text.isEmpty else { continue }
            let source = SettingSource.environment(setting.variable)
            try check(setting, text, source)
            entries[setting.name] = Entry(text: text, source: source)
        }
        if let home { entries["home"] = Entry(text: home, source: .flag) }
        return Settings(entries: entries, environment: environment)
    }

    /// An environment variable of this process; nil where it is not set.
    static let processEnvironment: @Sendable (String) -> String? = { name in
        getenv(name).map { String(cString: $0) }
    }

    /// The names of the variables of this process that are meant for this program, by their beginning.
    static func processVariables() -> [String] {
        var names: [String] = []
        var next = environ
        while let entry = next.pointee {
            let name = String(cString: entry).prefix { $0 != "=" }
            if name.hasPrefix("TC_") { names.append(String(name)) }
            next += 1
        }
        return names
    }

    /// The weaker first.
    private static func standardFiles(_ environment: (String) -> String?) -> [String] {
        var files = ["tc.yaml"]
        if let folder = environment("XDG_CONFIG_HOME"), folder.hasPrefix("/") {
            files.insert("\(folder)/tc/tc.yaml", at: 0)
        } else if let home = environment("HOME"), !home.isEmpty {
            files.insert("\(home)/.config/tc/tc.yaml", at: 0)
        }
        return files
    }

    private static func read(_ path: String, into entries: inout [String: Entry]) throws {
        for found in try SettingsFile.entries(path) {
            guard let setting = settingTable.first(where: { $0.name == found.name }) else {
                throw ErrorText.unknownKey(
                    found.name, path: path, line: found.line,
                    nearest: nearest(to: found.name, in: settingTable.map(\.name)))
            }
            let source = SettingSource.file(path: path, line: found.line)
            try check(setting, found.text, source)
            entries[setting.name] = Entry(text: found.text, source: source)
        }
    }

    private static func check(
        _ setting: AnySetting, _ text: String, _ source: SettingSource
    ) throws {
        guard !setting.accepts(text) else { return }
        throw ErrorText.badValue(text, of: setting.name, from: source, expected: setting.expected)
    }
}
