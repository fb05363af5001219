import Glibc
import Synchronization

/// Random words from the kernel, unpredictable to anybody; any number of threads may ask at once.
///
/// A system call for each word would take as long as all else that makes a token but its signature, so
/// some are fetched at a time; each is wiped when it is handed out.
public final class KernelRandom: Sendable {
    private let words = Mutex<[UInt64]>([])
    /// As many as one call of getentropy(3) gives.
    private static let wordsAtATime = 32

    /// Fetches nothing yet.
    public init() {}

    /// 64 random bits.
    public func next() -> UInt64 {
        words.withLock { words in
            if words.isEmpty { KernelRandom.fetch(&words) }
            let word = words[words.count - 1]
            words[words.count - 1] = 0
            words.removeLast()
            return word
        }
    }

    private static func fetch(_ words: inout [UInt64]) {
        words.append(contentsOf: repeatElement(0, count: wordsAtATime))
        let status = words.withUnsafeMutableBytes { getentropy($0.baseAddress!, $0.count) }
        precondition(status == 0, "the kernel refused random bytes: error \(errno)")
    }
}
