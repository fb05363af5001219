import CYAML

/// Reads one YAML document, as configuration files use it.
///
/// Scalars are resolved by the core schema of YAML 1.2: `yes`, `on` and `1:30` are strings, `0x1F` and
/// `0o17` numbers; what stands in quotes is a string. Mappings have distinct scalar keys, each taken as
/// its text. Aliases are followed within `expandedNodes`, so that a few lines cannot become gigabytes.
/// Not taken, each with a message that says so: several documents, merge keys (`<<`), tags beyond the
/// core schema, `.inf` and `.nan`.
public enum YAMLReader {
    /// Bytes of a document. A configuration has some kilobytes.
    public static let documentBytes = 1 << 20
    /// How deep mappings and sequences may nest.
    public static let nestingDepth = 64
    /// Nodes of a document with its aliases followed.
    public static let expandedNodes = 100_000

    /// An empty document is null.
    public static func parse(_ bytes: [UInt8]) throws(YAMLError) -> YAMLNode {
        guard bytes.count <= documentBytes else {
            throw YAMLError(
                line: 1, column: 1,
                message: "the document has \(bytes.count) bytes; at most \(documentBytes) are taken"
            )
        }
        return try bytes.withUnsafeBufferPointer { (bytes) throws(YAMLError) in
            let events = try YAMLEvents(bytes)
            var composer = YAMLComposer(events: events)
            return try composer.document()
        }
    }
}

/// Makes nodes of events.
private struct YAMLComposer {
    let events: YAMLEvents
    private var anchors: [String: (node: YAMLNode, size: Int)] = [:]
    /// Nodes made until now, each alias counted with all that it stands for.
    private var size = 0

    init(events: YAMLEvents) { self.events = events }

    mutating func document() throws(YAMLError) -> YAMLNode {
        guard case .documentStart = try events.next() else {
            return YAMLNode(content: .scalar(.null), line: 1, column: 1)
        }
        let root = try node(try events.next(), depth: 0)
        _ = try events.next()
        guard case .streamEnd = try events.next() else {
            throw failure("a second document begins; one is expected")
        }
        return root
    }

    private mutating func node(_ event: YAMLEvents.Event, depth: Int) throws(YAMLError) -> YAMLNode
    {
        let place = events.place
        let sizeBefore = size
        try count(1)
        let content: YAMLNode.Content
        let properties: YAMLEvents.Properties
        switch event {
        case .alias(let name):
            // An anchor is known only when its node is whole, so no node can contain itself.
            guard let (node, nodeSize) = anchors[name] else {
                throw failure("the alias '*\(name)' has no anchor before it")
            }
            try count(nodeSize - 1)
            return node
        case .scalar(let text, let isPlain, let scalarProperties):
            properties = scalarProperties
            content = .scalar(
                try CoreSchema.value(text, isPlain: isPlain, tag: properties.tag)
                    .orThrow { failure($0, at: place) })
        case .sequenceStart(let sequenceProperties):
            properties = sequenceProperties
            try check(tag: properties.tag, is: CoreSchema.sequence)
            content = .sequence(try sequence(depth: depth))
        case .mappingStart(let mappingProperties):
            properties = mappingProperties
            try check(tag: properties.tag, is: CoreSchema.mapping)
            content = .mapping(try mapping(depth: depth))
        case .documentStart, .documentEnd, .streamEnd, .sequenceEnd, .mappingEnd:
            preconditionFailure("libyaml keeps its events balanced")
        }
        let node = YAMLNode(content: content, line: place.line, column: place.column)
        if let anchor = properties.anchor { anchors[anchor] = (node, size - sizeBefore) }
        return node
    }

    private mutating func sequence(depth: Int) throws(YAMLError) -> [YAMLNode] {
        try check(depth: depth)
        var nodes: [YAMLNode] = []
        while true {
            let event = try events.next()
            if case .sequenceEnd = event { return nodes }
            nodes.append(try node(event, depth: depth + 1))
        }
    }

    private mutating func mapping(depth: Int) throws(YAMLError) -> [YAMLNode.Entry] {
        try check(depth: depth)
        var entries: [YAMLNode.Entry] = []
        var lines: [[UInt8]: Int] = [:]
        while true {
            let event = try events.next()
            if case .mappingEnd = event { return entries }
            guard case .scalar(let key, let isPlain, let properties) = event else {
                throw failure("a key must be a plain word or a string")
            }
            guard properties.anchor == nil, properties.tag == nil else {
                throw failure("a key takes no anchor and no tag")
            }
            if isPlain, key == "<<" {
                throw failure("merge keys ('<<') are not supported; write the entries out")
            }
            let place = events.place
            if let first = lines.updateValue(place.line, forKey: Array(key.utf8)) {
                throw failure("the key '\(key)' stands already on line \(first)")
            }
            let value = try node(try events.next(), depth: depth + 1)
            entries.append(YAMLNode.Entry(key: key, line: place.line, value: value))
        }
    }

    // MARK: Limits and errors

    private mutating func count(_ nodes: Int) throws(YAMLError) {
        size += nodes
        guard size <= YAMLReader.expandedNodes else {
            throw failure(
                "the document has more than \(YAMLReader.expandedNodes) values, aliases followed")
        }
    }

    private func check(depth: Int) throws(YAMLError) {
        guard depth < YAMLReader.nestingDepth else {
            throw failure("nests deeper than \(YAMLReader.nestingDepth) levels")
        }
    }

    private func check(tag: String?, is expected: String) throws(YAMLError) {
        guard let tag, tag != expected, tag != "!" else { return }
        throw failure("the tag '\(tag)' is not supported here")
    }

    private func failure(
        _ message: String, at place: YAMLEvents.Place? = nil
    ) -> YAMLError {
        let place = place ?? events.place
        return YAMLError(line: place.line, column: place.column, message: message)
    }
}

extension Result where Failure == CoreSchema.Refusal {
    /// The value, or the refusal made into an error that knows its place.
    fileprivate func orThrow(
        _ failure: (String) -> YAMLError
    ) throws(YAMLError) -> Success {
        switch self {
        case .success(let value): return value
        case .failure(let refusal): throw failure(refusal.message)
        }
    }
}
