import TCCore

/// What a key of a cache must be, and where it belongs on a cluster.
public enum CacheKey {
    /// How many slots a Redis Cluster has (Redis Cluster specification, "Key distribution model").
    public static let slots = 16_384

    /// The slot of `key`: CRC-16/XMODEM of its hash tag modulo 16,384. The hash tag is what stands
    /// between the first `{` and the next `}`, and the whole key where that is missing or empty.
    ///
    /// Keys that one script touches carry the same tag, `limit:{usr_1}:a` and `limit:{usr_1}:b`: a
    /// cluster can run it in one step only then, and so can a cache in memory that locks its shards
    /// one by one.
    public static func slot(_ key: String) -> Int {
        var key = key
        return key.withUTF8 { bytes in
            var tag = bytes[...]
            if let open = bytes.firstIndex(of: UInt8(ascii: "{")),
                let close = bytes[(open + 1)...].firstIndex(of: UInt8(ascii: "}")),
                close > open + 1
            {
                tag = bytes[(open + 1)..<close]
            }
            var crc: UInt16 = 0
            for byte in tag { crc = crc << 8 ^ table[Int(crc >> 8 ^ UInt16(byte))] }
            return Int(crc) % slots
        }
    }

    /// CRC-16/XMODEM a byte at a time: polynomial 0x1021, most significant bit first.
    private static let table: [UInt16] = (0..<256).map { byte in
        var crc = UInt16(byte) << 8
        for _ in 0..<8 { crc = crc & 0x8000 != 0 ? crc << 1 ^ 0x1021 : crc << 1 }
        return crc
    }
}

extension CacheOptions {
    /// Throws `bad_input` unless `key` has 1 to `keyBytes` bytes. The key itself is not shown: it may
    /// hold a secret or an address.
    package func check(key: String) throws {
        let count = key.utf8.count
        guard count > 0, count <= keyBytes else {
            throw TCError(
                .badInput, "a cache key must have 1 to \(keyBytes) bytes, this one has \(count)")
        }
    }

    /// Throws `bad_input` for a value or message of more than `valueBytes` bytes.
    package func check(value: [UInt8]) throws {
        guard value.count <= valueBytes else {
            throw TCError(
                .badInput,
                "a value for the cache may have \(valueBytes) bytes, this one has \(value.count)")
        }
    }

    /// Throws unless `keys` are what a script may touch, and returns their slot.
    package func check(scriptKeys keys: [String], of script: CacheScript) throws -> Int {
        guard let first = keys.first else {
            throw TCError(.bug, "script '\(script.name)' was given no key")
        }
        let slot = CacheKey.slot(first)
        for key in keys {
            try check(key: key)
            guard keys.count == 1 || CacheKey.slot(key) == slot else {
                throw TCError(.bug, "the keys of script '\(script.name)' lie in different slots")
            }
        }
        return slot
    }
}

extension Duration {
    /// The milliseconds of an expiry: 1 to those of 100 years.
    package var expiryMilliseconds: Int64 { min(max(milliseconds, 1), 3_155_760_000_000) }
}
