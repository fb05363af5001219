import TCCore
import TCStore

/// The tags' records in the shared cache, and the messages that tell of their changes.
struct SharedTags: Sendable {
    private let cache: any Cache
    private let space: String
    private let expiry: Duration
    private let random: @Sendable () -> UInt64

    var channel: String { "\(space):changes" }
    private var counter: String { "\(space):change-number" }

    init(_ cache: any Cache, options: ReadCacheOptions, seams: Seams) {
        self.cache = cache
        space = options.space
        random = seams.random
        // Longer than any entry that has its stamp, and than any mark in it. When a record ends sooner
        // or later, its entries end with it.
        expiry = max(options.mostAge, options.longestChange) * 4
    }

    /// Takes a step on each of the records and gives them as they are then.
    func take(_ step: TagStep, on names: [String]) async throws -> [TagRecord] {
        try await each(names) { try await take(step, on: $0) }
    }

    /// What `body` gives for each name, in their order, all at once.
    private func each<Result: Sendable>(
        _ names: [String], _ body: @escaping @Sendable (String) async throws -> Result
    ) async throws -> [Result] {
        // One needs no task of its own.
        if names.count == 1 { return [try await body(names[0])] }
        return try await withThrowingTaskGroup(of: (Int, Result).self) { tasks in
            for (index, name) in names.enumerated() {
                tasks.addTask { (index, try await body(name)) }
            }
            return try await tasks.reduce(into: []) { $0.append($1) }
                .sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func take(_ step: TagStep, on name: String) async throws -> TagRecord {
        try TagRecord(
            await cache.run(
                TagStep.script, keys: [key(name)],
                arguments: step.arguments(expiresAfter: expiry, random: random)))
    }

    /// The records as they are, without the engine's time and without making one that is missing, which
    /// is nil: what costs least where an entry is held against them.
    func glance(at names: [String]) async throws -> [TagRecord?] {
        try await each(names) { try await glance(at: $0) }
    }

    private func glance(at name: String) async throws -> TagRecord? {
        try await cache.get(key(name)).map { try TagRecord($0, seenAt: 0) }
    }

    private func key(_ name: String) -> String { "\(space):tag:\(name)" }

    /// Tells every node that these records were raised: after they were, so that who hears of it and
    /// looks sees that.
    func tell(of names: [String]) async throws {
        var number = try await cache.increment(counter, by: 1, expiresAfter: nil)
        if number == 1 {
            // A counter that begins anew begins elsewhere, lest its numbers pass for those of the last.
            number = try await cache.increment(
                counter, by: Int64(random() >> 24), expiresAfter: nil)
        }
        try await cache.publish(channel, ChangeMessage(number: number, names: names).bytes)
    }

    /// The number of the newest message; 0 where there is none.
    func newestNumber() async throws -> Int64 {
        let text = try await cache.get(counter).map { String(decoding: $0, as: UTF8.self) }
        return text.flatMap { Int64($0) } ?? 0
    }
}
