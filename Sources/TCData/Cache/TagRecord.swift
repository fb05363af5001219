import TCCore
import TCStore

/// What the shared cache knows of a tag: a stamp that every change replaces, the position of the last
/// change, and a mark for each change that has begun and is not known to have ended.
///
/// A stamp is random and comes once: where a counter would begin again after the cache was restarted
/// or had evicted it, and meet an entry from before, a stamp that is missing is replaced by one that no
/// entry has.
struct TagRecord: Equatable, Sendable {
    struct Mark: Equatable, Sendable {
        let id: UInt64
        /// In milliseconds of the engine's clock.
        let deadline: Int64
    }

    let stamp: UInt64
    /// 0 where no change is known.
    let lsn: UInt64
    let marks: [Mark]
    /// The engine's time at which it was so, in milliseconds.
    let seenAt: Int64

    /// Whether a change is going on, as far as is known: nothing may be kept.
    var isChanging: Bool { marks.contains { $0.deadline > seenAt } }
    /// Whether a change may have happened whose position is not known.
    var isUncertain: Bool { marks.contains { $0.deadline <= seenAt } }
}

extension TagRecord {
    /// Reads what `TagStep.script` answers: the record's text and the time.
    init(_ reply: CacheReply) throws {
        guard case .list(let items) = reply, items.count == 2, case .bytes(let bytes) = items[0],
            case .integer(let seenAt) = items[1]
        else { throw TagRecord.unreadable }
        try self.init(bytes, seenAt: seenAt)
    }

    /// Reads a record's text. Where the engine's time is not known, `seenAt` is 0 and every mark of a
    /// change counts as one that goes on.
    init(_ bytes: [UInt8], seenAt: Int64) throws {
        guard bytes.count >= 36, (bytes.count - 36).isMultiple(of: 32),
            let text = String(validating: bytes, as: UTF8.self)
        else { throw TagRecord.unreadable }
        self.seenAt = seenAt
        var rest = Substring(text)
        func take(_ count: Int) -> Substring {
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }
        guard let stamp = UInt64(take(16), radix: 16), let lsn = UInt64(take(20)) else {
            throw TagRecord.unreadable
        }
        (self.stamp, self.lsn) = (stamp, lsn)
        var marks: [Mark] = []
        while !rest.isEmpty {
            guard let id = UInt64(take(16), radix: 16), let deadline = Int64(take(16)) else {
                throw TagRecord.unreadable
            }
            marks.append(Mark(id: id, deadline: deadline))
        }
        self.marks = marks
    }

    private static let unreadable = TCError(
        .unavailable, "the shared cache holds a record of another kind under a tag's key")

    /// A stamp, or the id of a mark, as it stands in the text.
    static func hex(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    static func digits(_ number: UInt64, width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: width - digits.count) + digits
    }
}
