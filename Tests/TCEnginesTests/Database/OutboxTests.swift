import TCCore
import Testing

@testable import TCEngines
@testable import TCStore

/// Events are there when their change is, and come in order.
struct OutboxTests {
    private func opened(_ bed: DatabaseBed) async throws -> any Database {
        let database = try bed.open { $0.attempts = 1000 }
        try await Migrations.apply(
            Outbox.migrations(for: database.dialect), to: database, at: Instant(milliseconds: 0))
        return database
    }

    private func event(
        _ number: Int, subject: String = "usr_1", type: String = "tc.test.made"
    )
        -> CloudEvent
    {
        CloudEvent(
            id: "evt_\(number)", source: "tc/test", type: type, subject: subject,
            time: Instant(milliseconds: Int64(1000 * number)), data: "{\"n\":\(number)}")
    }

    private func replay(
        _ database: any Database, since: Int64 = 0, type: String? = nil
    )
        async throws -> [OutboxEntry]
    {
        try await OutboxTail.replaying(database, since: since, type: type)
            .reduce(into: []) { $0.append($1) }
    }

    @Test(arguments: DatabaseEngine.present)
    func anEventIsThereWithItsChangeAndNotWithoutIt(_ engine: DatabaseEngine) async throws {
        struct Refused: Error {}
        let bed = try await DatabaseBed(engine)
        let database = try await opened(bed)
        let events = [event(1), event(2, subject: "größe"), event(3)]
        await #expect(throws: Refused.self) {
            try await database.write { connection in
                try Outbox.append([event(0)], to: connection)
                throw Refused()
            }
        }
        #expect(try await replay(database).isEmpty)
        try await database.write { try Outbox.append(events, to: $0) }
        try await database.write { try Outbox.append([], to: $0) }
        let entries = try await replay(database)
        #expect(entries.map(\.event) == events)
        #expect(entries.map(\.position) == entries.map(\.position).sorted())
        #expect(try await replay(database, since: entries[1].position) == [entries[2]])
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func typesArePickedWholeOrByTheirBeginning(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await opened(bed)
        let types = ["tc.auth.a", "tc.auth.ab", "tc.pay.a", "tc.auth_a"]
        // More than a page of what nobody asks for stands before and between.
        let events = (0..<700).map {
            event($0, type: $0 % 150 == 149 ? types[$0 / 150] : "tc.noise")
        }
        try await database.write { try Outbox.append(events, to: $0) }
        func found(_ type: String) async throws -> [String] {
            try await replay(database, type: type).map(\.event.type)
        }
        #expect(try await found("tc.auth.a") == ["tc.auth.a"])
        #expect(try await found("tc.auth.*") == ["tc.auth.a", "tc.auth.ab"])
        #expect(try await found("tc.nothing").isEmpty)
        #expect(try await replay(database).count == 700)
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func eventsAreFoundByTheirTimeAndForgotten(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await opened(bed)
        try await database.write { try Outbox.append((1...10).map { event($0) }, to: $0) }
        func since(_ seconds: Int64) async throws -> [String] {
            let position = try await Outbox.position(
                before: Instant(milliseconds: seconds * 1000), in: database)
            return try await replay(database, since: position).map(\.event.id)
        }
        #expect(try await since(9) == ["evt_9", "evt_10"])
        #expect(try await since(0).count == 10)
        #expect(try await since(11).isEmpty)
        let limit = Instant(milliseconds: 8000)
        func forget(before time: Instant, atMost count: Int) async throws -> Int {
            try await Outbox.forget(before: time, atMost: count, in: database)
                .reduce(0) { $0 + $1.events }
        }
        #expect(try await Outbox.tally(before: limit, in: database).map(\.events) == [7])
        #expect(try await forget(before: limit, atMost: 5) == 5)
        #expect(try await replay(database).map(\.event.id).first == "evt_6")
        #expect(try await forget(before: limit, atMost: 5) == 2)
        let rest = try await replay(database)
        #expect(try await forget(before: Instant(milliseconds: 99_000), atMost: 9) == 3)
        // A position that was given is never given again.
        try await database.write { try Outbox.append([event(11)], to: $0) }
        let last = try #require(rest.last?.position)
        #expect(try await replay(database, since: last).map(\.event.id) == ["evt_11"])
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func whatIsForgottenIsCountedByItsType(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await opened(bed)
        let events = (1...6).map { event($0, type: $0 % 3 == 0 ? "tc.b" : "tc.a") }
        try await database.write { try Outbox.append(events, to: $0) }
        func tally(_ type: String, _ events: Int, _ first: Int64, _ last: Int64) -> EventTally {
            EventTally(
                type: type, events: events, first: Instant(milliseconds: first * 1000),
                last: Instant(milliseconds: last * 1000))
        }
        let limit = Instant(milliseconds: 6000)
        let all = [tally("tc.a", 4, 1, 5), tally("tc.b", 1, 3, 3)]
        #expect(try await Outbox.tally(before: limit, in: database) == all)
        let first = try await Outbox.forget(before: limit, atMost: 3, in: database)
        #expect(first == [tally("tc.a", 2, 1, 2), tally("tc.b", 1, 3, 3)])
        let second = try await Outbox.forget(before: limit, atMost: 3, in: database)
        #expect(Outbox.sum(first + second) == all)
        #expect(try await Outbox.forget(before: limit, atMost: 3, in: database).isEmpty)
        await database.close()
    }

    /// What a follower of what comes asks for: it gets what is written later and nothing else.
    @Test(arguments: DatabaseEngine.present)
    func theEndIsBehindEveryEventThatIsThere(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await opened(bed)
        #expect(try await Outbox.end(in: database) == 0)
        try await database.write { try Outbox.append([event(1), event(2)], to: $0) }
        let end = try await Outbox.end(in: database)
        try await database.write { try Outbox.append([event(3)], to: $0) }
        #expect(try await replay(database, since: end).map(\.event.id) == ["evt_3"])
        await database.close()
    }

    /// A copy of the iterator from before a step that failed is as good as new.
    @Test(arguments: DatabaseEngine.present)
    func aStepThatFailedIsTakenAgain(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await opened(bed)
        try await database.write { try Outbox.append([event(1), event(2)], to: $0) }
        let before = OutboxTail.following(database, since: 0).makeAsyncIterator()
        let step = Task {
            var iterator = before
            return try await iterator.nextPage()
        }
        step.cancel()
        // It ended in time or not; either way the copy has not moved.
        _ = await step.result
        var iterator = before
        #expect(try await iterator.nextPage().map(\.event.id) == ["evt_1", "evt_2"])
        try await database.write { try Outbox.append([event(3)], to: $0) }
        #expect(try await iterator.nextPage().map(\.event.id) == ["evt_3"])
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func anEventLongerThanALineIsRefused(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await opened(bed)
        let long = CloudEvent(
            id: "evt_x", source: "tc/test", type: "t", subject: "s", time: Instant(milliseconds: 0),
            data: String(repeating: " ", count: Limits.lineBytes))
        #expect(
            await kind { try await database.write { try Outbox.append([long], to: $0) } }
                == .badInput)
        await database.close()
    }

    /// A writer that has drawn the smaller number commits last: a follower that looks in between must
    /// not go past it.
    @Test(.timeLimit(.minutes(2)), arguments: DatabaseEngine.present)
    func aNumberThatIsCommittedLateIsNotSkipped(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await opened(bed)
        let (hasDrawn, mayCommit) = (try Event(), try Event())
        let late = Task {
            try await database.write { connection in
                try Outbox.append([event(1, subject: "a")], to: connection)
                hasDrawn.happen()
                mayCommit.wait()
            }
        }
        await hasDrawn.happened()
        let early = Task {
            try await database.write { try Outbox.append([event(2, subject: "b")], to: $0) }
        }
        // SQLite lets nobody write beside the first; there the second waits for it.
        if engine == .postgres { try await early.value }
        let tail = Task {
            var ids: [String] = []
            for try await entry in OutboxTail.following(database, since: 0) {
                ids.append(entry.event.id)
                if ids.count == 2 { break }
            }
            return ids
        }
        if engine == .postgres {
            var horizon = OutboxHorizon(database)
            #expect(try await !horizon.advance())
            #expect(try await !horizon.advance())
            #expect(horizon.position == 0)
        }
        mayCommit.happen()
        try await late.value
        try await early.value
        #expect(try await tail.value == ["evt_1", "evt_2"])
        await database.close()
    }

    /// Many writers on few subjects, and a follower that starts before them. Each event carries its
    /// subject's count as its transaction saw it, so that the order of commits is known.
    @Test(.timeLimit(.minutes(2)), arguments: DatabaseEngine.present)
    func eachSubjectKeepsItsOrderUnderManyWriters(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await opened(bed)
        try await database.execute("CREATE TABLE counts (subject TEXT PRIMARY KEY, n BIGINT)")
        for subject in 0..<4 {
            try await database.execute("INSERT INTO counts VALUES ('s\(subject)', 0)")
        }
        let (writers, each) = (8, 20)
        let tail = Task {
            var seen: [CloudEvent] = []
            for try await entry in OutboxTail.following(database, since: 0) {
                seen.append(entry.event)
                if seen.count == writers * each { break }
            }
            return seen
        }
        try await withThrowingTaskGroup { group in
            for writer in 0..<writers {
                group.addTask {
                    var random = SplitMix(seed: UInt64(writer))
                    for number in 0..<each {
                        let subject = "s\(Int.random(in: 0..<4, using: &random))"
                        try await database.write { connection in
                            // A transaction that only reads the row: nothing but the outbox itself
                            // orders it against the others.
                            let n = try connection.first(
                                "SELECT n FROM counts WHERE subject = $1", [.text(subject)]
                            ) { try $0.integer(0) }
                            if number % 2 == 0 {
                                try connection.execute(
                                    "UPDATE counts SET n = n + 1 WHERE subject = $1",
                                    [.text(subject)])
                            }
                            try Outbox.append(
                                [
                                    CloudEvent(
                                        id: "evt_\(writer)_\(number)", source: "tc/test",
                                        type: number % 2 == 0 ? "changed" : "looked",
                                        subject: subject, time: Instant(milliseconds: 0),
                                        data: String(try #require(n)))
                                ], to: connection)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let seen = try await tail.value
        #expect(Set(seen.map(\.id)).count == writers * each)
        var counts: [String: Int64] = [:]
        for event in seen {
            #expect(Int64(event.data) == counts[event.subject, default: 0], "\(event)")
            if event.type == "changed" { counts[event.subject, default: 0] += 1 }
        }
        await database.close()
    }

    @Test(.timeLimit(.minutes(2)), arguments: DatabaseEngine.present)
    func aFollowerEndsWhenItsTaskIsCancelled(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await opened(bed)
        try await database.write { try Outbox.append([event(1)], to: $0) }
        let hasSeen = try Event()
        let tail = Task {
            for try await _ in OutboxTail.following(database, since: 0) { hasSeen.happen() }
        }
        await hasSeen.happened()
        tail.cancel()
        await #expect(throws: CancellationError.self) { try await tail.value }
        await database.close()
    }
}
