import Glibc
import TCCore

/// Where the value of a setting came from.
public enum SettingSource: Equatable, Sendable {
    case flag
    /// The variable's name.
    case environment(String)
    case file(path: String, line: Int)
    case byDefault

    /// `flag`, `env TC_HOME`, `tc.yaml:3`, `default`.
    public var text: String {
        switch self {
        case .flag: "flag"
        case .environment(let name): "env \(name)"
        case .file(let path, let line): "\(path):\(line)"
        case .byDefault: "default"
        }
    }
}

/// The values of all settings: flags before `TC_*` variables, before the file named by `--config` or
/// `TC_CONFIG`, before `./tc.yaml`, before `$XDG_CONFIG_HOME/tc/tc.yaml`, before defaults.
public struct Settings: Sendable {
    struct Entry: Equatable, Sendable {
        var text: String
        var source: SettingSource
    }

    private var entries: [String: Entry]
    private let environment: @Sendable (String) -> String?

    init(entries: [String: Entry], environment: @escaping @Sendable (String) -> String?) {
        self.entries = entries
        self.environment = environment
    }

    /// The value of `setting`; `flag` is what the command's own flag for it says, if it was given.
    ///
    /// Throws `.usage` for a bad flag, `.configuration` for a bad value from elsewhere, naming where
    /// it stands.
    public func value<Value>(
        _ setting: Setting<Value>, flag: String? = nil
    ) throws(TCError) -> Value {
        let entry: Entry
        if let flag {
            entry = Entry(text: flag, source: .flag)
        } else {
            entry = try self.entry(setting.name)
        }
        guard let value = setting.parse(entry.text) else {
            throw ErrorText.badValue(
                entry.text, of: setting.name, from: entry.source, expected: setting.expected)
        }
        return value
    }

    /// The text and the source of a setting, defaults spelt out.
    func entry(_ name: String) throws(TCError) -> Entry {
        if let entry = entries[name] { return entry }
        let text =
            switch name {
            case "home": try defaultHome()
            case "telemetry.store": "parquet:" + (try entry("home")).text
            case "database": "sqlite:" + (try entry("home")).text + "/tc.db"
            case "auth.key_file": (try entry("home")).text + "/auth.key"
            case "data.database": "sqlite:" + (try entry("home")).text + "/data.db"
            case "data.key_file": (try entry("home")).text + "/data.key"
            default: settingTable.first { $0.name == name }!.defaultText
            }
        return Entry(text: text, source: .byDefault)
    }

    /// `$XDG_STATE_HOME/tc`, else `~/.local/state/tc`.
    private func defaultHome() throws(TCError) -> String {
        // The XDG specification has relative paths ignored.
        if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") { return "\(state)/tc" }
        guard let home = environment("HOME"), !home.isEmpty else { throw ErrorText.noHome }
        return "\(home)/.local/state/tc"
    }
}
