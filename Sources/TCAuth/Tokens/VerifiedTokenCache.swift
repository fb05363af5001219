import Glibc
import Synchronization

/// Good tokens that were seen before, at most so many.
///
/// Only tokens that passed every check get in, so a stranger can neither fill it nor push others out. A
/// token is found by its whole text: a hash that two tokens could share would let one pass for the
/// other. The table is one of sets of four, as in a processor's cache: a new token takes the place of
/// the oldest of its set, so that nothing is ever rebuilt or swept, and what has expired goes when its
/// place is needed.
///
/// The comparison takes longer the more of the text is right, but it comes only after 64 bits made of
/// the signature's end agree, and whoever has that has the token.
final class VerifiedTokenCache: Sendable {
    /// The longest token that is remembered, which bounds the memory; longer ones are verified each
    /// time. Ours have some 600 bytes.
    static let longestToken = 2048

    private struct Entry {
        let hash: UInt64
        let text: [UInt8]
        let token: VerifiedToken
    }

    /// A part of the table under a lock of its own, so that threads rarely meet.
    private final class Shard: Sendable {
        let entries: Mutex<[Entry?]>

        init(_ count: Int) { entries = Mutex(Array(repeating: nil, count: count)) }
    }

    private static let shardBits = 6
    private static let ways = 4

    private let shards: [Shard]
    /// Sets a shard, less 1; their number is a power of two.
    private let setMask: Int

    /// - Parameter capacity: 1 or more; rounded up to a power of two, at least 256.
    init(capacity: Int) {
        let shardCount = 1 << VerifiedTokenCache.shardBits
        var sets = 1
        while sets * shardCount * VerifiedTokenCache.ways < capacity { sets *= 2 }
        setMask = sets - 1
        shards = (0..<shardCount).map { _ in Shard(sets * VerifiedTokenCache.ways) }
    }

    /// What is known of a token; the caller looks at the times.
    func find(_ token: UnsafeBufferPointer<UInt8>) -> VerifiedToken? {
        guard let hash = hash(token) else { return nil }
        let (shard, first) = place(hash)
        return shard.entries.withLock { entries in
            for place in first..<first + VerifiedTokenCache.ways {
                guard let entry = entries[place], entry.hash == hash else { continue }
                let isSame =
                    entry.text.count == token.count
                    && memcmp(entry.text, token.baseAddress!, token.count) == 0
                if isSame { return entry.token }
            }
            return nil
        }
    }

    /// Remembers a token that passed every check.
    func insert(_ verified: VerifiedToken, for token: UnsafeBufferPointer<UInt8>) {
        guard let hash = hash(token) else { return }
        let entry = Entry(hash: hash, text: Array(token), token: verified)
        let (shard, first) = place(hash)
        shard.entries.withLock { entries in
            // The newest stands first; another thread may have brought the same token meanwhile.
            let last = first + VerifiedTokenCache.ways - 1
            var moved: Entry? = entry
            for place in first...last {
                swap(&entries[place], &moved)
                if moved == nil || moved?.text == entry.text { return }
            }
        }
    }

    /// From the length and the last 32 characters, which are of the signature and as good as random;
    /// nil for a token that is not remembered.
    private func hash(_ token: UnsafeBufferPointer<UInt8>) -> UInt64? {
        guard (32...VerifiedTokenCache.longestToken).contains(token.count) else { return nil }
        let end = UnsafeRawPointer(token.baseAddress! + token.count)
        var hash = UInt64(token.count)
        for offset in stride(from: -32, to: 0, by: 8) {
            hash ^= (end + offset).loadUnaligned(as: UInt64.self)
            let product = hash.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
            hash = product.high ^ product.low
        }
        return hash
    }

    private func place(_ hash: UInt64) -> (shard: Shard, first: Int) {
        let shard = Int(truncatingIfNeeded: hash) & (shards.count - 1)
        let set = Int(truncatingIfNeeded: hash >> UInt64(VerifiedTokenCache.shardBits)) & setMask
        return (shards[shard], set * VerifiedTokenCache.ways)
    }
}
