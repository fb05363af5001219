import TCCore
import TCStore
import Testing

/// Publishing and subscribing, on each engine that is there.
@Suite("cache messages") struct CacheMessageTests {
    private static func number(_ event: CacheEvent?) -> Int? {
        guard case .message(let bytes)? = event else { return nil }
        return Int(String(decoding: bytes, as: UTF8.self))
    }

    @Test(
        "every subscriber hears its channel's messages in order",
        arguments: CacheEngine.available)
    func order(_ engine: CacheEngine) async throws {
        try await engine.use { cache in
            let channel = freshKey()
            let subscriptions = [
                try await cache.subscribe(channel), try await cache.subscribe(channel),
            ]
            let other = try await cache.subscribe(freshKey())
            // Fewer than may wait: nobody listens yet.
            for number in 0..<1000 { try await cache.publish(channel, .init(text: "\(number)")) }
            for subscription in subscriptions {
                for number in 0..<1000 {
                    #expect(Self.number(await subscription.next()) == number)
                }
            }
            other.cancel()
            #expect(await other.next() == nil)
        }
    }

    @Test("two clients of one server hear each other", arguments: CacheEngine.available)
    func acrossClients(_ engine: CacheEngine) async throws {
        guard engine != .memory else { return }
        try await engine.use { one in
            try await engine.use { two in
                let channel = freshKey()
                let subscription = try await one.subscribe(channel)
                try await two.publish(channel, [0xFF, 0])
                #expect(await subscription.next() == .message([0xFF, 0]))
            }
        }
    }

    @Test(
        "a slow subscriber is told of its loss and hears what comes after",
        arguments: CacheEngine.available)
    func overflow(_ engine: CacheEngine) async throws {
        var options = CacheOptions()
        options.waitingMessages = 10
        try await engine.use(options) { cache in
            let channel = freshKey()
            let slow = try await cache.subscribe(channel)
            let fast = try await cache.subscribe(channel)
            for number in 0..<15 {
                try await cache.publish(channel, .init(text: "\(number)"))
                #expect(Self.number(await fast.next()) == number)
            }
            #expect(await slow.next() == .lost)
            #expect(await slow.next() == .resumed)
            for number in 10..<15 { #expect(Self.number(await slow.next()) == number) }
            try await cache.publish(channel, .init(text: "15"))
            #expect(Self.number(await slow.next()) == 15)
        }
    }

    @Test(
        "a subscription ends with its task and is not counted any more",
        arguments: CacheEngine.available)
    func cancellation(_ engine: CacheEngine) async throws {
        var options = CacheOptions()
        options.subscriptions = 1
        try await engine.use(options) { cache in
            let subscription = try await cache.subscribe(freshKey())
            #expect(await failure { try await cache.subscribe("one") }?.kind == .unavailable)
            let listener = Task { await subscription.next() }
            listener.cancel()
            #expect(await listener.value == nil)
            // Again and again on one channel: what is confirmed late must not be taken for another.
            let channel = freshKey()
            for number in 0..<50 {
                let again = try await cache.subscribe(channel)
                try await cache.publish(channel, .init(text: "\(number)"))
                #expect(Self.number(await again.next()) == number)
                again.cancel()
            }
        }
    }

    @Test("letting go of a subscription ends it", arguments: CacheEngine.available)
    func lettingGo(_ engine: CacheEngine) async throws {
        var options = CacheOptions()
        options.subscriptions = 1
        try await engine.use(options) { cache in
            for _ in 0..<3 { _ = try await cache.subscribe(freshKey()) }
        }
    }
}
