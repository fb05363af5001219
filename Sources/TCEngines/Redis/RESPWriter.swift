/// Requests as Redis reads them: an array of bulk strings each (RESP2).
struct RESPWriter {
    private(set) var bytes: [UInt8] = []

    var count: Int { bytes.count }

    /// Begins a request of `count` words, its name included; as many must follow.
    mutating func begin(_ count: Int) {
        bytes.append(UInt8(ascii: "*"))
        number(count)
    }

    mutating func word(_ text: String) {
        var text = text
        text.withUTF8 { word($0) }
    }

    mutating func word(_ value: [UInt8]) { value.withUnsafeBufferPointer { word($0) } }

    mutating func word(_ value: Int64) { word(String(value)) }

    private mutating func word(_ value: UnsafeBufferPointer<UInt8>) {
        bytes.append(UInt8(ascii: "$"))
        number(value.count)
        bytes.append(contentsOf: value)
        end()
    }

    private mutating func number(_ value: Int) {
        if value < 10 {
            bytes.append(UInt8(ascii: "0") + UInt8(value))
        } else {
            bytes.append(contentsOf: String(value).utf8)
        }
        end()
    }

    private mutating func end() {
        bytes.append(0x0D)
        bytes.append(0x0A)
    }

    /// Hands over what was written and takes `emptied` to write into, so that two buffers serve for
    /// ever.
    mutating func exchange(_ emptied: inout [UInt8]) {
        emptied.removeAll(keepingCapacity: emptied.capacity < 1 << 20)
        swap(&bytes, &emptied)
    }

    mutating func removeAll() { bytes = [] }
}
