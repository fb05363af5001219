import TCCore
import TCStore
import Testing

@testable import TCData

/// Many who ask for one key at once.
@Suite("single flight") struct SingleFlightTests {
    private func cache() throws -> ReadCache { try ReadCache(shared: nil, seams: .forTests) }

    private func read(
        _ cache: ReadCache, maxAge: Duration = .seconds(600),
        _ load: @Sendable () async throws -> UInt8
    ) async throws -> UInt8 {
        try await cache.read(key: "key", tags: [.table("t")], maxAge: maxAge) { _ in
            Loaded([try await load()], from: .primary)
        }.value[0]
    }

    /// Waits until so many reads have come to wait for another's.
    private func joined(_ cache: ReadCache, _ count: Int) async throws {
        try await eventually("\(count) wait") { cache.statistics.shared == count }
    }

    @Test("one loads for all")
    func one() async throws {
        let (cache, door, loads) = (try cache(), Door(), Tally())
        try await withThrowingTaskGroup(of: UInt8.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    try await read(cache) {
                        await door.pass()
                        return UInt8(loads.add())
                    }
                }
            }
            try await joined(cache, 99)
            door.open()
            for try await value in group { #expect(value == 1) }
        }
        #expect(loads.count == 1 && cache.statistics.misses == 1)
    }

    @Test("an error is told to all who waited, and not kept")
    func errors() async throws {
        let (cache, door, loads) = (try cache(), Door(), Tally())
        await withTaskGroup(of: TCError?.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    do {
                        _ = try await read(cache) {
                            await door.pass()
                            throw TCError(.tryAgain, "number \(loads.add())")
                        }
                        return nil
                    } catch { return error as? TCError }
                }
            }
            do { try await joined(cache, 9) } catch { Issue.record(error) }
            door.open()
            for await error in group { #expect(error?.message == "number 1") }
        }
        #expect(try await read(cache) { 2 } == 2)
    }

    @Test("who is cancelled fails alone: one who waits leaves, and after the first another loads")
    func cancellation() async throws {
        let (cache, first, second) = (try cache(), Door(), Door())
        let leader = Task {
            try await read(cache) {
                await first.pass()
                try Task.checkCancellation()
                return 1
            }
        }
        try await eventually("it loads") { first.isWaitedAt }
        let waiting = (0..<3).map { _ in
            Task {
                try await read(cache) {
                    await second.pass()
                    return 2
                }
            }
        }
        try await joined(cache, 3)
        waiting[0].cancel()
        await #expect(throws: CancellationError.self) { try await waiting[0].value }
        leader.cancel()
        first.open()
        await #expect(throws: CancellationError.self) { try await leader.value }
        try await eventually("another loads") { second.isWaitedAt }
        second.open()
        for task in waiting[1...] { #expect(try await task.value == 2) }
        #expect(cache.statistics.misses == 2)
    }

    @Test("a read does not wait for one that began before a change that it must see")
    func freshness() async throws {
        let (cache, door) = (try cache(), Door())
        let old = Task {
            try await read(cache) {
                await door.pass()
                return 1
            }
        }
        try await eventually("it loads") { door.isWaitedAt }
        _ = try await cache.write(tags: [.row(table: "t", key: "1")]) { Written(0) }
        #expect(try await read(cache) { 2 } == 2)
        door.open()
        #expect(try await old.value == 1)
        // What was loaded before the change was put there after it, and is not given.
        #expect(try await read(cache) { 3 } != 1)
    }

    @Test("who wants a younger value does not wait for one that may be older")
    func ages() async throws {
        let (cache, door) = (try cache(), Door())
        let patient = Task {
            try await read(cache) {
                await door.pass()
                return 1
            }
        }
        try await eventually("it loads") { door.isWaitedAt }
        #expect(try await read(cache, maxAge: .seconds(1)) { 2 } == 2)
        door.open()
        #expect(try await patient.value == 1)
    }
}
