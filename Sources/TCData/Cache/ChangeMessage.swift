/// What nodes tell each other: the names of tags whose records were raised, with a number that is one
/// more than that of the message before, over all nodes.
///
/// Bytes: the number (8, most significant first), then each name's length (2) and its UTF-8.
struct ChangeMessage: Equatable, Sendable {
    let number: Int64
    let names: [String]

    init(number: Int64, names: [String]) {
        self.number = number
        self.names = names
    }

    /// Nil for what is no message.
    init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        func take(_ count: Int) -> ArraySlice<UInt8>? {
            guard rest.count >= count else { return nil }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }
        guard let number = take(8)?.reduce(UInt64(0), { $0 << 8 | UInt64($1) }) else { return nil }
        self.number = Int64(bitPattern: number)
        var names: [String] = []
        while !rest.isEmpty {
            guard let length = take(2)?.reduce(0, { $0 << 8 | Int($1) }), let name = take(length),
                let text = String(validating: name, as: UTF8.self)
            else { return nil }
            names.append(text)
        }
        self.names = names
    }

    var bytes: [UInt8] {
        var bytes = (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
        for name in names {
            let count = name.utf8.count
            bytes += [UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)]
            bytes += name.utf8
        }
        return bytes
    }
}
