import TCCore

/// A step on a cache that is atomic on every engine: Lua for Redis, and a Swift twin that does the
/// same in memory.
///
/// Both must give the same answer to the same call, which a test with a seed proves for each script.
/// They touch only the keys that they are handed, with whole numbers and bytes: Lua's numbers are
/// doubles, exact to 2^53, and Redis cuts what it returns to whole numbers.
///
/// ```swift
/// static let take = CacheScript(
///     "take",
///     lua: """
///         local value = redis.call('GET', KEYS[1])
///         redis.call('DEL', KEYS[1])
///         return value
///         """
/// ) { store, keys, _ in
///     defer { store.delete(keys[0]) }
///     return store.get(keys[0]).map { .bytes($0) } ?? .null
/// }
/// ```
public struct CacheScript: Sendable {
    /// The Swift twin. It must not change anything before it throws.
    public typealias Twin =
        @Sendable (any CacheScriptStore, _ keys: [String], _ arguments: [CacheArgument]) throws ->
        CacheReply

    /// What errors call it.
    public let name: String
    /// `KEYS` and `ARGV` as Redis hands them over. What it returns must be a `CacheReply`.
    public let lua: String
    public let twin: Twin

    public init(_ name: String, lua: String, twin: @escaping Twin) {
        self.name = name
        self.lua = lua
        self.twin = twin
    }
}

/// What a script's twin may do to the keys that it was handed. Used only inside the call.
public protocol CacheScriptStore: AnyObject {
    /// The engine's time; in Lua, `TIME`.
    var now: Instant { get }

    /// As `GET`.
    func get(_ key: String) -> [UInt8]?

    /// As `SET`, with `PX` where there is an expiry. `bad_input` where the value is too long.
    func set(_ key: String, _ value: [UInt8], expiresAfter: Duration?) throws

    /// As `DEL`; whether there was anything.
    @discardableResult
    func delete(_ key: String) -> Bool

    /// As `INCRBY`, with `PEXPIRE` where the key is made and there is an expiry.
    func increment(_ key: String, by amount: Int64, expiresAfter: Duration?) throws -> Int64
}

/// What a script is given beside its keys; in Lua a string each.
public enum CacheArgument: Sendable, Equatable {
    case integer(Int64)
    case bytes([UInt8])

    /// A text as its UTF-8.
    public static func text(_ text: String) -> CacheArgument { .bytes(Array(text.utf8)) }

    /// As Lua and the wire see it: a whole number in decimal digits.
    public var bytes: [UInt8] {
        switch self {
        case .integer(let value): Array(String(value).utf8)
        case .bytes(let bytes): bytes
        }
    }

    /// The number, for a twin that was promised one; `bug` for anything else.
    public var integer: Int64 {
        get throws {
            guard case .integer(let value) = self else {
                throw TCError(.bug, "a script was given bytes where it expects a whole number")
            }
            return value
        }
    }
}

/// What a script answers.
public enum CacheReply: Sendable, Equatable {
    case null
    case integer(Int64)
    case bytes([UInt8])
    case list([CacheReply])

    /// `count` whole numbers, for a caller that knows its script; `bug` for anything else.
    public func integers(_ count: Int) throws -> [Int64] {
        guard case .list(let items) = self, items.count == count else {
            throw TCError(.bug, "a script did not answer with the \(count) numbers it promises")
        }
        return try items.map { item in
            guard case .integer(let value) = item else {
                throw TCError(.bug, "a script did not answer with the numbers it promises")
            }
            return value
        }
    }
}
