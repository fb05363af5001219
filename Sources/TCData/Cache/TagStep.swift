import TCCore
import TCStore

/// What is done to a tag's record.
enum TagStep: Sendable {
    /// Only look; a record that is missing is made.
    case look
    /// A change begins: a new stamp, and a mark that holds for `limit`.
    case raise(mark: UInt64, limit: Duration)
    /// A change has ended: a new stamp, its position, and its mark gone.
    case lower(mark: UInt64, lsn: UInt64?)
    /// The primary was read at `lsn`, after all changes whose marks had run out by `seenAt`: they are in
    /// what any place shows that has reached it.
    case settle(lsn: UInt64, seenAt: Int64)

    /// - Parameter random: gives the stamps.
    func arguments(expiresAfter expiry: Duration, random: () -> UInt64) -> [CacheArgument] {
        var (verb, mark, lsn, time): (String, UInt64, UInt64, Int64) = ("look", 0, 0, 0)
        switch self {
        case .look: break
        case .raise(let id, let limit): (verb, mark, time) = ("raise", id, limit.milliseconds)
        case .lower(let id, let position): (verb, mark, lsn) = ("lower", id, position ?? 0)
        case .settle(let position, let seenAt): (verb, lsn, time) = ("settle", position, seenAt)
        }
        return [
            .text(verb), .text(TagRecord.hex(random() | 1)), .integer(expiry.milliseconds),
            .text(TagRecord.hex(mark)), .text(TagRecord.digits(lsn, width: 20)), .integer(time),
        ]
    }

    /// So many marks may a record have; then they become one, which nobody can take away before it has
    /// run out.
    private static let mostMarks = 256

    /// Takes the step and answers with the record as it is then, and the time.
    ///
    /// The record is text of fixed widths: a stamp (16 hex digits), a position (20 digits), and for
    /// each mark an id (16 hex digits) and a deadline (16 digits). One that is missing may have told of
    /// changes; so it is made with a mark that has run out.
    static let script = CacheScript(
        "tag",
        lua: """
            local clock = redis.call('TIME')
            local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
            local verb, fresh, mark = ARGV[1], ARGV[2], ARGV[4]
            local record = redis.call('GET', KEYS[1])
            if verb == 'look' and record then return {record, now} end
            record = record or fresh .. string.rep('0', 20 + 32)
            local stamp, lsn, kept, latest = record:sub(1, 16), record:sub(17, 36), {}, 0
            for at = 37, #record, 32 do
                local id, deadline = record:sub(at, at + 15), tonumber(record:sub(at + 16, at + 31))
                local isOver = verb == 'lower' and id == mark
                    or verb == 'settle' and deadline <= tonumber(ARGV[6])
                if not isOver then
                    kept[#kept + 1] = record:sub(at, at + 31)
                    latest = math.max(latest, deadline)
                end
            end
            if verb == 'raise' then
                if #kept >= \(mostMarks) then
                    kept = {string.rep('0', 16) .. string.format('%016d', latest)}
                end
                kept[#kept + 1] = mark .. string.format('%016d', now + tonumber(ARGV[6]))
            end
            if verb == 'raise' or verb == 'lower' then stamp = fresh end
            if ARGV[5] > lsn then lsn = ARGV[5] end
            record = stamp .. lsn .. table.concat(kept)
            redis.call('SET', KEYS[1], record, 'PX', ARGV[3])
            return {record, now}
            """
    ) { store, keys, arguments in
        let (now, verb) = (store.now.milliseconds, arguments[0])
        let (fresh, mark, lsn) = (arguments[1].bytes, arguments[3].bytes, arguments[4].bytes)
        let time = try arguments[5].integer
        let found = store.get(keys[0])
        if verb == .text("look"), let found { return .list([.bytes(found), .integer(now)]) }
        let zero = UInt8(ascii: "0")
        let record = found ?? fresh + [UInt8](repeating: zero, count: 20 + 32)
        var (kept, latest): ([ArraySlice<UInt8>], Int64) = ([], 0)
        for at in stride(from: 36, to: record.count, by: 32) {
            let deadline =
                Int64(String(decoding: record[(at + 16)..<(at + 32)], as: UTF8.self)) ?? 0
            let isOver =
                verb == .text("lower") && record[at..<(at + 16)].elementsEqual(mark)
                || verb == .text("settle") && deadline <= time
            if isOver { continue }
            kept.append(record[at..<(at + 32)])
            latest = max(latest, deadline)
        }
        if verb == .text("raise") {
            func text(_ id: [UInt8], _ deadline: Int64) -> ArraySlice<UInt8> {
                (id + TagRecord.digits(UInt64(deadline), width: 16).utf8)[...]
            }
            if kept.count >= mostMarks {
                kept = [text([UInt8](repeating: zero, count: 16), latest)]
            }
            kept.append(text(mark, now + time))
        }
        let isChange = verb == .text("raise") || verb == .text("lower")
        let before = record[16..<36]
        let changed =
            (isChange ? fresh : Array(record[..<16]))
            + (before.lexicographicallyPrecedes(lsn) ? lsn[...] : before) + kept.joined()
        try store.set(
            keys[0], changed, expiresAfter: .milliseconds(arguments[2].integer))
        return .list([.bytes(changed), .integer(now)])
    }
}
