import TCCore

/// A part of a YAML document, with the place where it stands.
public struct YAMLNode: Equatable, Sendable {
    /// What a node is, with aliases put in place.
    /// What the node is.
    public enum Content: Equatable, Sendable {
        /// Null, a boolean, a number or a string.
        case scalar(JSONValue)
        case sequence([YAMLNode])
        /// In the order of the text, with distinct keys.
        case mapping([Entry])
    }

    /// One key of a mapping and what it stands for.
    public struct Entry: Equatable, Sendable {
        public let key: String
        /// Where the key stands, counted from 1.
        public let line: Int
        public let value: YAMLNode
    }

    /// What stands here.
    public let content: Content
    /// Where it begins, counted from 1. What an alias stands for keeps the place of its anchor.
    public let line: Int
    /// In characters, counted from 1.
    public let column: Int

    /// The entry of `key`; nil where there is none or this is no mapping.
    public subscript(key: String) -> Entry? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { hasSameBytes($0.key, key) }
    }

    /// The same without the places.
    public var value: JSONValue {
        switch content {
        case .scalar(let value): value
        case .sequence(let nodes): .array(nodes.map(\.value))
        case .mapping(let entries):
            .object(
                JSONObject(
                    distinct: entries.map { JSONObject.Member(key: $0.key, value: $0.value.value) })
            )
        }
    }
}

/// Where a document stops being YAML that we take, and why.
public struct YAMLError: Error, Equatable, Sendable {
    /// Counted from 1.
    public let line: Int
    /// In characters, counted from 1.
    public let column: Int
    /// What is wrong, without the place.
    public let message: String

    /// `tc.yaml:12:3: …`.
    public func error(_ kind: TCError.Kind = .configuration, file: String) -> TCError {
        TCError(kind, "\(file):\(line):\(column): \(message)")
    }
}
