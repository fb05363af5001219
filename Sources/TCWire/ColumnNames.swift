/// The names of columns, and which column a field goes to.
struct ColumnNames {
    private(set) var names: [String] = []
    private var index: [ExactKey: Int] = [:]

    init(_ names: [String]) {
        for name in names { add(name) }
    }

    /// The column of `name`; nil where there is none.
    ///
    /// - Parameter guess: where it probably is. Records mostly have their fields in one order, so the
    ///   column after the last one is a good guess that saves the look-up.
    func column(of name: String, guess: Int) -> Int? {
        if guess < names.count, hasSameBytes(names[guess], name) { return guess }
        return index[ExactKey(text: name)]
    }

    /// Adds `name` behind the others if it is not there yet.
    @discardableResult
    mutating func add(_ name: String) -> Int {
        let key = ExactKey(text: name)
        if let column = index[key] { return column }
        index[key] = names.count
        names.append(name)
        return names.count - 1
    }
}

/// A key that equals another only when all bytes do.
struct ExactKey: Hashable {
    let text: String

    static func == (a: ExactKey, b: ExactKey) -> Bool { hasSameBytes(a.text, b.text) }

    func hash(into hasher: inout Hasher) {
        var copy = text
        copy.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension JSONValue {
    /// The value as a text cell: a string as it is, anything else as JSON.
    func appendCell(to bytes: inout [UInt8]) {
        switch self {
        case .string(let text): bytes.append(contentsOf: text.utf8)
        case .number(let number): bytes.append(contentsOf: number.text.utf8)
        case .null, .bool, .array, .object:
            var writer = JSONWriter()
            writer.value(self)
            bytes.append(contentsOf: writer.bytes)
        }
    }
}
