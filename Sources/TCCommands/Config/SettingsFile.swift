import TCCore

/// A configuration file: YAML, levels as mappings, so that `telemetry.batch` is
///
/// ```yaml
/// telemetry:
///   batch: 500000
/// ```
enum SettingsFile {
    /// The settings of a file in its order, names joined by dots; a line counts from 1.
    static func entries(_ path: String) throws -> [(name: String, text: String, line: Int)] {
        []
    }
}
