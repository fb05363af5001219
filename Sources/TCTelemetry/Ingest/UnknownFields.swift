import Glibc

/// The fields of one line that are not ours, on the fast path: where they stand, until they become
/// the line's `extra`.
struct UnknownFields: ~Copyable {
    private struct Field {
        /// With its quotes.
        var key: UnsafePointer<UInt8>
        var keyLength: Int
        var value: UnsafePointer<UInt8>
        var valueLength: Int
    }

    /// A line with more leaves the fast path: keys are compared pairwise.
    private static let limit = 24
    private let fields: UnsafeMutablePointer<Field>
    private(set) var count = 0

    init() { fields = .allocate(capacity: UnknownFields.limit) }

    deinit { fields.deallocate() }

    mutating func removeAll() { count = 0 }

    /// Remembers the field whose key is at `key` (without escapes) and whose colon `at` stands
    /// behind, and moves `at` past its value. False where there is no value, or no room.
    mutating func take(_ key: UnsafePointer<UInt8>, _ at: inout UnsafePointer<UInt8>) -> Bool {
        guard count < UnknownFields.limit else { return false }
        var keyEnd = at - 1
        while keyEnd[-1] != UInt8(ascii: "\"") { keyEnd -= 1 }
        if at.pointee <= 0x20 { skipSpaces(&at) }
        let value = at
        guard skipValue(&at, depth: 1) == nil else { return false }
        fields[count] = Field(
            key: key, keyLength: keyEnd - key, value: value, valueLength: at - value)
        count += 1
        return true
    }

    /// Writes the fields as one object into `arena`; nil where a key comes twice.
    func object(in arena: ExtraArena) -> UInt? {
        var bytes = 1
        for i in 0..<count {
            for j in 0..<i
            where fields[i].keyLength == fields[j].keyLength
                && memcmp(fields[i].key, fields[j].key, fields[i].keyLength) == 0
            { return nil }
            bytes += fields[i].keyLength + fields[i].valueLength + 2
        }
        let start = arena.room(bytes)
        var out = start
        for i in 0..<count {
            out.pointee = i == 0 ? UInt8(ascii: "{") : UInt8(ascii: ",")
            out += 1
            out.update(from: fields[i].key, count: fields[i].keyLength)
            out += fields[i].keyLength
            out.pointee = UInt8(ascii: ":")
            out += 1
            out.update(from: fields[i].value, count: fields[i].valueLength)
            out += fields[i].valueLength
        }
        out.pointee = UInt8(ascii: "}")
        return arena.commit(out + 1 - start)
    }
}
