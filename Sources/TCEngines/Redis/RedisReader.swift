import CHiredis
import TCCore
import TCStore

/// What a server answered: a value, or the first word of its error.
typealias RedisReply = Result<CacheReply, RedisServerError>

/// An error that the server answered, such as `NOSCRIPT` or `OOM`. The rest of its text may show
/// keys and values and is dropped, but for where a node of a cluster sends us.
struct RedisServerError: Error, Equatable {
    let code: String
    /// Of `MOVED` and `ASK`.
    var target: RedisRedirection?

    /// As callers see it, once the server's name stands before it. What passes by itself is
    /// `unavailable`.
    var error: TCError {
        switch code {
        case "NOAUTH", "WRONGPASS", "NOPERM":
            TCError(
                .configuration, "refuses this user: \(code)",
                hint: "the URL of the cache names user and password")
        case "LOADING", "BUSY", "MASTERDOWN", "READONLY", "OOM", "NOREPLICAS", "MISCONF",
            "CLUSTERDOWN", "TRYAGAIN":
            TCError(.unavailable, "cannot carry out requests now: \(code)")
        default: TCError(.bug, "refused a request: \(code)")
        }
    }
}

/// hiredis' parser of replies, with limits: a server, or who poses as one, may send anything.
///
/// Owns the C reader. No pointer leaves: replies are copied into Swift values and freed at once. Used
/// by one thread.
final class RedisReader {
    private let reader: UnsafeMutablePointer<redisReader>
    private let limits: UnsafeMutablePointer<tc_redis_limits>
    private let mostBytes: Int
    /// Bytes that were fed since the last whole reply.
    private var unanswered = 0

    /// So many elements may the arrays of one reply have together.
    static let mostElements: Int32 = 65_536

    /// - Parameter mostBytes: how long one reply may be; a few more may be held.
    init(mostBytes: Int) throws {
        guard let reader = redisReaderCreate() else {
            throw TCError(.io, "there is no memory for a reader of Redis replies")
        }
        self.reader = reader
        self.mostBytes = mostBytes
        limits = .allocate(capacity: 1)
        limits.initialize(to: tc_redis_limits())
        tc_redis_limit(reader, limits)
    }

    deinit {
        redisReaderFree(reader)
        limits.deallocate()
    }

    /// Takes bytes from the server and adds the replies that they complete to `replies`.
    ///
    /// - Throws: `unavailable` where they are not Redis's protocol or pass a limit; the connection
    ///   then has no use any more.
    func feed(_ bytes: UnsafeRawBufferPointer, to replies: inout [RedisReply]) throws {
        guard redisReaderFeed(reader, bytes.baseAddress, bytes.count) == REDIS_OK else {
            throw fault
        }
        unanswered += bytes.count
        while true {
            if reader.pointee.ridx == -1 { limits.pointee.elements_left = Self.mostElements }
            var reply: UnsafeMutableRawPointer?
            guard redisReaderGetReply(reader, &reply) == REDIS_OK else { throw fault }
            guard let reply else { break }
            defer { freeReplyObject(reply) }
            replies.append(
                RedisReader.value(reply.assumingMemoryBound(to: redisReply.self).pointee))
            unanswered = reader.pointee.len - reader.pointee.pos
        }
        guard unanswered <= mostBytes else {
            throw TCError(.unavailable, "sent a reply of more than \(mostBytes) bytes")
        }
    }

    private var fault: TCError {
        TCError(.unavailable, "sent what is no Redis reply, or has too many elements")
    }

    private static func value(_ reply: redisReply) -> RedisReply {
        switch reply.type {
        case REDIS_REPLY_INTEGER: .success(.integer(reply.integer))
        case REDIS_REPLY_STRING, REDIS_REPLY_STATUS: .success(.bytes(bytes(reply)))
        case REDIS_REPLY_ERROR: .failure(error(bytes(reply)))
        case REDIS_REPLY_ARRAY:
            // hiredis nests no deeper than seven.
            RedisReply { () throws(RedisServerError) in
                var items: [CacheReply] = []
                items.reserveCapacity(reply.elements)
                for index in 0..<reply.elements {
                    guard let item = reply.element[index] else { continue }
                    items.append(try value(item.pointee).get())
                }
                return .list(items)
            }
        default: .success(.null)
        }
    }

    private static func bytes(_ reply: redisReply) -> [UInt8] {
        Array(UnsafeRawBufferPointer(start: reply.str, count: reply.len))
    }

    /// The first word, if it looks like a code: a hostile server's text is not passed on.
    private static func error(_ text: [UInt8]) -> RedisServerError {
        let word = text.prefix { $0 != UInt8(ascii: " ") }
        guard !word.isEmpty, word.count <= 32,
            word.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
        else { return RedisServerError(code: "ERR") }
        let code = String(decoding: word, as: UTF8.self)
        return RedisServerError(
            code: code, target: ["MOVED", "ASK"].contains(code) ? RedisRedirection(text) : nil)
    }
}
