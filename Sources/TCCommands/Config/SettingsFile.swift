import TCCore
import TCWire

/// A configuration file: YAML, levels as mappings, so that `telemetry.batch` is
///
/// ```yaml
/// telemetry:
///   batch: 500000
/// ```
enum SettingsFile {
    /// The settings of a file in its order, names joined by dots; a line counts from 1. One that is
    /// null counts as not set.
    ///
    /// Throws `.configuration`, naming the file and, where it is not YAML that we take, the line.
    static func entries(_ path: String) throws -> [(name: String, text: String, line: Int)] {
        let node = try document(path)
        if node.value == .null { return [] }
        guard case .mapping = node.content else {
            throw ErrorText.notSettings(path: path, line: node.line)
        }
        var found: [(name: String, text: String, line: Int)] = []
        try flatten(node, prefix: "", line: node.line, path: path, into: &found)
        return found
    }

    /// What a YAML file that a user wrote says.
    ///
    /// Throws `.configuration`, naming the file and, where it is not YAML that we take, the line.
    static func document(_ path: String) throws(TCError) -> YAMLNode {
        let bytes: [UInt8]
        do {
            bytes = try SmallFile.read(path, atMost: YAMLReader.documentBytes)
        } catch {
            throw TCError(.configuration, error.message)
        }
        do {
            return try YAMLReader.parse(bytes)
        } catch {
            throw error.error(.configuration, file: path)
        }
    }

    private static func flatten(
        _ node: YAMLNode, prefix: String, line: Int, path: String,
        into found: inout [(name: String, text: String, line: Int)]
    ) throws {
        if case .mapping(let entries) = node.content {
            for entry in entries {
                let name = prefix.isEmpty ? entry.key : "\(prefix).\(entry.key)"
                try flatten(entry.value, prefix: name, line: entry.line, path: path, into: &found)
            }
            return
        }
        switch node.value {
        case .null: break
        case .string(let text): found.append((prefix, text, line))
        case .number(let number): found.append((prefix, number.text, line))
        case .bool(let flag): found.append((prefix, flag ? "true" : "false", line))
        case .array, .object: throw ErrorText.listedSetting(prefix, path: path, line: line)
        }
    }
}
