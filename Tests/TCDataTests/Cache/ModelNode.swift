import TCCore
import TCStore

@testable import TCData

/// A process of the model, with a read cache of the real code. It is the shared cache as that process
/// sees it: before and after each call any other task may go on.
final class ModelNode: Cache, @unchecked Sendable {
    struct Dead: Error {}

    let number: Int
    unowned let world: ModelWorld
    private(set) var cache: ReadCache!
    private(set) var feed = CacheFeed(limit: 64)
    private(set) var subscription: CacheSubscription!
    var isDead = false

    init(_ number: Int, in world: ModelWorld) throws {
        self.number = number
        self.world = world
        cache = try ReadCache(shared: self, seams: world.seams, options: world.options)
        subscription = CacheSubscription(feed) {}
    }

    private func call<R>(_ body: () throws -> R) async throws -> R {
        await world.shuffle.step()
        if isDead { throw Dead() }
        if world.isDown { throw TCError(.unavailable, "the shared cache is down") }
        let result = try body()
        await world.shuffle.step()
        return result
    }

    func get(_ key: String) async throws -> [UInt8]? {
        try await call { try world.shared.get(key) }
    }

    func set(_ key: String, _ value: [UInt8], expiresAfter: Duration?) async throws {
        try await call { try world.shared.set(key, value, expiresAfter: nil) }
    }

    func delete(_ keys: [String]) async throws -> Int {
        try await call { try world.shared.delete(keys) }
    }

    func increment(
        _ key: String, by amount: Int64, expiresAfter: Duration?
    ) async throws -> Int64 {
        try await call { try world.shared.increment(key, by: amount, expiresAfter: nil) }
    }

    func run(
        _ script: CacheScript, keys: [String], arguments: [CacheArgument]
    ) async throws -> CacheReply {
        var arguments = arguments
        if script.name == TagStep.script.name {
            switch world.mutation {
            case .sameStamps: arguments[1] = .text(TagRecord.hex(1))
            case .noMarks where arguments[0] == .text("raise"): arguments[0] = .text("lower")
            case .noPositions where arguments[0] == .text("lower"):
                arguments[4] = .text(TagRecord.digits(0, width: 20))
            default: break
            }
        }
        return try await call {
            try world.shared.run(timed(script), keys: keys, arguments: arguments)
        }
    }

    /// The script by the clock of the world.
    private func timed(_ script: CacheScript) -> CacheScript {
        let time = world.seams.now()
        return CacheScript(script.name, lua: "") { store, keys, arguments in
            try script.twin(TimedStore(store, time), keys, arguments)
        }
    }

    func publish(_ channel: String, _ message: [UInt8]) async throws {
        try await call {
            for node in world.nodes {
                if world.mutation == .deafNodes, node !== self,
                    let heard = ChangeMessage(message)
                {
                    node.feed.deliver(ChangeMessage(number: heard.number, names: []).bytes)
                } else if world.trouble != .losses || !world.shuffle.chance(4) {
                    node.feed.deliver(message)
                }
            }
        }
    }

    func subscribe(_ channel: String) async throws -> CacheSubscription { subscription }
    func check() async throws {}
    func close() async {}
}

/// A script's store whose clock is another.
private final class TimedStore: CacheScriptStore {
    private let store: any CacheScriptStore
    let now: Instant

    init(_ store: any CacheScriptStore, _ now: Instant) {
        self.store = store
        self.now = now
    }

    func get(_ key: String) -> [UInt8]? { store.get(key) }
    func delete(_ key: String) -> Bool { store.delete(key) }

    func set(_ key: String, _ value: [UInt8], expiresAfter: Duration?) throws {
        try store.set(key, value, expiresAfter: nil)
    }

    func increment(_ key: String, by amount: Int64, expiresAfter: Duration?) throws -> Int64 {
        try store.increment(key, by: amount, expiresAfter: nil)
    }
}
