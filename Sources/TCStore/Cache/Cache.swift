import TCCore

/// Small values that may vanish: sessions looked up again and again, counters, limits, and messages
/// to the other nodes. In this process (`MemoryCache`) or on a server that all nodes share.
///
/// Nothing that must survive belongs here: any entry may be evicted, expire or be lost with the
/// server. A key is 1 to `CacheOptions.keyBytes` bytes of UTF-8, a value 0 to
/// `CacheOptions.valueBytes` bytes; anything else is an error of kind `bad_input`.
///
/// Every call may throw `unavailable`, where the engine is a server: at once while it is known to be
/// down, else when `CacheOptions.timeout` has passed. Then it is unknown whether the call was
/// carried out. A cancelled task waits for its answer all the same, for no longer than that.
public protocol Cache: Sendable {
    /// The value under `key`; nil where there is none or it has expired.
    func get(_ key: String) async throws -> [UInt8]?

    /// Puts `value` in the place of whatever was under `key`.
    ///
    /// - Parameter expiresAfter: nil keeps it until it is evicted; less than a millisecond counts as
    ///   one, and more than 100 years as 100.
    func set(_ key: String, _ value: [UInt8], expiresAfter: Duration?) async throws

    /// Removes what is under `keys` and says how many there were. Not atomic over several keys.
    @discardableResult
    func delete(_ keys: [String]) async throws -> Int

    /// Adds to the whole number under `key`, 0 where there is none, and returns the sum.
    ///
    /// What cannot be added to, because it is no number or would pass 64 bits, is an error of kind
    /// `bug` and stays as it is.
    ///
    /// - Parameter expiresAfter: as in `set`, and counted from when the key is made: later additions
    ///   neither prolong nor shorten it.
    func increment(_ key: String, by amount: Int64, expiresAfter: Duration?) async throws -> Int64

    /// Runs `script` as one step, between which and whose end nobody else sees or changes anything.
    ///
    /// - Parameter keys: every key that the script touches, and at least one. More than one must
    ///   carry the same hash tag (`CacheKey.slot`); `bug` otherwise, so that what works on one
    ///   engine works on all.
    func run(
        _ script: CacheScript, keys: [String], arguments: [CacheArgument]
    ) async throws -> CacheReply

    /// Hands `message` to whoever is subscribed to `channel` now, on every node.
    func publish(_ channel: String, _ message: [UInt8]) async throws

    /// Starts to listen on `channel`.
    ///
    /// What is published after this has returned arrives, in the order of each publisher, or its
    /// loss is told. An engine that cannot be reached is no error: the subscription then begins with
    /// `lost` and resumes when it can. Only what a cluster drops between two of its own nodes is not
    /// told: who must miss nothing numbers what is published.
    func subscribe(_ channel: String) async throws -> CacheSubscription

    /// Returns when the engine has answered; throws what keeps it from answering.
    func check() async throws

    /// Ends all subscriptions and lets go of threads and connections. What is called afterwards
    /// throws `unavailable`.
    func close() async
}

/// What bounds a cache. Each limit that is reached gives a clear error or evicts; none grows.
public struct CacheOptions: Sendable {
    /// What all entries of a `memory:` cache may take together, with their bookkeeping.
    public var memoryBytes = 64 << 20
    /// The longest value or message, in bytes.
    public var valueBytes = 1 << 20
    /// The longest key or channel name, in bytes.
    public var keyBytes = 512
    /// Subscriptions at one time.
    public var subscriptions = 10_000
    /// Messages that may wait for one subscriber before it is told `lost` instead.
    public var waitingMessages = 1024
    /// How long a server may take to answer, or to be connected to.
    public var timeout = Duration.seconds(1)
    /// Connections that requests share, beside the one for subscriptions.
    public var connections = 1
    /// Requests that may wait on one connection for their answers.
    public var waitingRequests = 8192
    /// Bytes of requests that may wait on one connection to be sent.
    public var waitingBytes = 16 << 20

    public init() {}
}
