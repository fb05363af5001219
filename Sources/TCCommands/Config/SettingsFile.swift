import Glibc
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
        let node: YAMLNode
        do {
            node = try YAMLReader.parse(try read(path))
        } catch let error as YAMLError {
            throw error.error(.configuration, file: path)
        }
        if node.value == .null { return [] }
        guard case .mapping = node.content else {
            throw ErrorText.notSettings(path: path, line: node.line)
        }
        var found: [(name: String, text: String, line: Int)] = []
        try flatten(node, prefix: "", line: node.line, path: path, into: &found)
        return found
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

    private static func read(_ path: String) throws -> [UInt8] {
        let descriptor: Int32
        do {
            descriptor = try InputSource(path: path).open()
        } catch {
            throw TCError(.configuration, error.message)
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        // One byte over the limit is enough for the reader to say that there is too much.
        while bytes.count <= YAMLReader.documentBytes {
            let chunk = try [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
                let got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                guard got >= 0 else { throw TCError.system(errno, "cannot read '\(path)'") }
                count = got
            }
            if chunk.isEmpty { break }
            bytes += chunk
        }
        return bytes
    }
}
