import TCCore
import TCCrypto

/// A key as its row has it.
struct StoredKey: Sendable, Equatable {
    let kid: String
    /// Counts keys in the order of their making.
    let number: Int64
    let algorithm: SignatureAlgorithm
    /// The private key, sealed; nil once it is retired.
    var sealed: [UInt8]?
    let createdAt: Instant
    let signsFrom: Instant
    /// The longest that a token signed with it may be valid.
    let longestLifetime: Duration
    var retiredAt: Instant?

    /// Whether it was retired before it ever signed.
    var isCancelled: Bool { retiredAt.map { $0 <= signsFrom } ?? false }
}

/// Which key signs when, and what may be signed with it still be valid: decided from the rows and a
/// time, the same on every node.
///
/// Keys take turns by `signsFrom`; of two with the same the younger comes later. A key that has had its turn never gets another, also where the one
/// after it was retired early or a node's clock is late: what its tokens last for was reckoned from its
/// turn's end.
struct KeyTimeline: Sendable {
    /// How old what a node knows may be when it signs.
    static let stalest = Duration.seconds(30)
    /// How far a clock may be from the right time.
    static let clockError = Duration.seconds(10)
    /// How long after its turn's end, as the rows have it, and the life of a token nothing valid is left
    /// of a key. A node that has not read of the next one signs with it; the clocks of who rotates, who
    /// signs and who retires may each be off; and verifiers allow for theirs.
    static let margin = stalest + clockError * 3 + TokenRules.usualLeeway

    /// All keys, in the order of their turns.
    let keys: [StoredKey]

    init(_ keys: [StoredKey]) {
        self.keys = keys.sorted {
            ($0.signsFrom, $0.number) < ($1.signsFrom, $1.number)
        }
    }

    /// Those that are not retired.
    var live: [StoredKey] { keys.filter { $0.retiredAt == nil } }

    /// The key that signs; nil where none may.
    func signing(at now: Instant) -> StoredKey? {
        let turns = keys.filter { !$0.isCancelled }
        let begun = turns.lastIndex { $0.signsFrom <= now } ?? 0
        // The later ones are asked where that key is retired, and where no clock has come to the first.
        return turns.dropFirst(begun).first { $0.retiredAt == nil }
    }

    /// When the last token that a key can have signed has expired; nil while none is to follow it.
    func retirableAt(_ key: StoredKey) -> Instant? {
        guard key.retiredAt == nil,
            let place = keys.firstIndex(where: { $0.kid == key.kid }),
            let next = keys[(place + 1)...].first(where: { !$0.isCancelled })
        else { return nil }
        return next.signsFrom.adding(KeyTimeline.margin + key.longestLifetime)
    }

    /// Whether nothing valid is signed with a key, and nothing will be once it is retired now.
    func isFree(_ key: StoredKey, at now: Instant) -> Bool {
        if key.kid == signing(at: now)?.kid { return false }
        // Not begun, even by a clock that is early.
        if key.signsFrom > now.adding(KeyTimeline.margin) { return true }
        return retirableAt(key).map { $0 <= now } ?? false
    }

    /// Who signs once a key is retired.
    enum Heir: Equatable {
        /// It does not sign now; who does goes on.
        case another
        /// It signs, and this key, whose turn is yet to come, gets it at once.
        case promoted(String)
        /// It signs, and no other has a turn to come.
        case nobody
    }

    func heir(of key: StoredKey, at now: Instant) -> Heir {
        guard key.kid == signing(at: now)?.kid else { return .another }
        let place = keys.firstIndex { $0.kid == key.kid } ?? keys.endIndex
        let next = keys.dropFirst(place + 1).first { $0.retiredAt == nil }
        return next.map { .promoted($0.kid) } ?? .nobody
    }

    /// - Parameter key: one of the keys, or one of them as it will be.
    func record(_ key: StoredKey, at now: Instant) -> KeyRecord {
        let state: KeyRecord.State
        if key.retiredAt != nil {
            state = .retired
        } else if key.kid == signing(at: now)?.kid {
            state = .signing
        } else {
            state = key.signsFrom > now ? .next : .verifying
        }
        return KeyRecord(
            kid: key.kid, algorithm: key.algorithm, state: state, createdAt: key.createdAt,
            signsFrom: key.signsFrom, retirableAt: retirableAt(key), retiredAt: key.retiredAt)
    }
}
