import TCCore

/// A value as the shared cache keeps it, with what makes it valid.
///
/// Bytes, numbers most significant first: format (1 byte), the hash of the tags' names (8), when it
/// began to be read in milliseconds of Unix time (8), whether there is a position (1) and the position
/// (8), how many stamps follow (1) and the stamps (8 each), then the value.
struct SharedEntry: Equatable, Sendable {
    static let format: UInt8 = 1

    let tags: UInt64
    let readAt: Instant
    let lsn: UInt64?
    /// In the order of the tags' names.
    let stamps: [UInt64]
    let value: [UInt8]

    init(tags: UInt64, readAt: Instant, lsn: UInt64?, stamps: [UInt64], value: [UInt8]) {
        self.tags = tags
        self.readAt = readAt
        self.lsn = lsn
        self.stamps = stamps
        self.value = value
    }

    /// Nil for what is no entry.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 27, bytes[0] == SharedEntry.format else { return nil }
        func number(_ at: Int) -> UInt64 {
            var number: UInt64 = 0
            for index in at..<(at + 8) { number = number << 8 | UInt64(bytes[index]) }
            return number
        }
        let start = 27 + 8 * Int(bytes[26])
        guard bytes.count >= start else { return nil }
        tags = number(1)
        readAt = Instant(milliseconds: Int64(bitPattern: number(9)))
        lsn = bytes[17] == 0 ? nil : number(18)
        stamps = stride(from: 27, to: start, by: 8).map(number)
        value = Array(bytes[start...])
    }

    var bytes: [UInt8] {
        var bytes: [UInt8] = [SharedEntry.format]
        bytes.reserveCapacity(27 + 8 * stamps.count + value.count)
        func append(_ number: UInt64) {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: number >> shift))
            }
        }
        append(tags)
        append(UInt64(bitPattern: readAt.milliseconds))
        bytes.append(lsn == nil ? 0 : 1)
        append(lsn ?? 0)
        bytes.append(UInt8(stamps.count))
        for stamp in stamps { append(stamp) }
        return bytes + value
    }

    /// FNV-1a of the names with an end after each: one key is asked for with the same tags always, and
    /// an entry from before they were changed is none.
    static func hash(_ names: [String]) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for name in names {
            for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash = (hash ^ 0xFF) &* 0x100_0000_01B3
        }
        return hash
    }
}
