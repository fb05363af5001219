import Glibc
import Synchronization
import TCCore
import TCStore
import Testing

@testable import TCEngines

/// What becomes of calls when servers of a cluster die, pause and come back.
@Suite(.enabled(if: DatabaseEngine.serverURL != nil, DatabaseEngine.absence), .serialized)
struct ClusterFaultTests {
    private let patient = ReadBound(maxLag: .seconds(3600))

    @Test func aPromotedStandbyTakesTheWritesAndTheOldPrimaryNone() async throws {
        let servers = try ReplicatedServers()
        let cluster = try servers.open()
        let old = try await cluster.primary()
        try await old.database.execute("CREATE TABLE t (n BIGINT)")
        try await old.database.execute("INSERT INTO t VALUES (1)")
        try await cluster.settled()
        try servers.kill(0)
        // Waits once it has noticed: there is no primary, and nobody knows who will be.
        async let waiting: Void = cluster.write {
            try await $0.database.execute("INSERT INTO t VALUES (2)")
        }
        let stall = Stall()
        try servers.promote(1)
        let promoted = Seams.machine.uptime()
        try await waiting
        let took = Seams.machine.uptime() - promoted
        let lost = stall.seconds()
        #expect(took - lost < 5, "took \(took) s, of which the machine stood still for \(lost) s")
        #expect(try await cluster.primary().database.integer("SELECT sum(n) FROM t") == 3)
        // Who still holds the old one is told; nothing is written anywhere.
        #expect(
            await kind { try await old.database.execute("INSERT INTO t VALUES (4)") }
                == .unavailable)
        try servers.follow(2, primary: 1)
        try await cluster.eventually { $0[2].problem == nil && $0[2].lag == .zero }
        #expect(try await cluster.reader(patient).name == servers.name(2))

        try servers.start(0)
        try await cluster.eventually { $0[0].isReachable && $0[0].problem != nil }
        let returned = try #require(await cluster.status().first)
        #expect(returned.role == .primary && returned.timeline == 1)
        for n in 8..<40 {
            let primary = try await cluster.primary()
            try await primary.database.execute("INSERT INTO t VALUES ($1)", [.integer(Int64(n))])
            #expect(try await cluster.reader(patient).name == servers.name(2))
        }
        #expect(
            await kind { try await old.database.execute("INSERT INTO t VALUES (4)") }
                == .unavailable)
        let alone = try openDatabase(url: servers.url(0), seams: .machine)
        #expect(try await alone.integer("SELECT sum(n) FROM t") == 1)
        await alone.close()

        try servers.kill(0)
        try servers.rebuild(0, primary: 1)
        try await cluster.eventually { $0[0].problem == nil && $0[0].role == .replica }
        try await cluster.settled()
        var names: Set<String> = []
        for _ in 0..<10 { names.insert(try await cluster.reader(patient).name) }
        #expect(names == [servers.name(0), servers.name(2)])
        await cluster.close()
    }

    @Test func withoutAPrimaryTheErrorTellsOfEveryServer() async throws {
        let servers = try ReplicatedServers(standbys: 1)
        let cluster = try servers.open {
            $0.waitLimit = .milliseconds(500)
            $0.queueLimit = 1
        }
        try await cluster.settled()
        try servers.kill(0)
        try await cluster.eventually { !$0[0].isReachable }
        let error = await #expect(throws: TCError.self) { _ = try await cluster.primary() }
        #expect(error?.kind == .unavailable)
        #expect(error?.message.hasPrefix("waited 500ms for a primary") == true)
        for number in 0...1 {
            #expect(error?.message.contains(servers.name(number)) == true)
        }
        #expect(error?.description.contains("secret-of-tests") == false)
        let kinds = await withTaskGroup(of: TCError.Kind?.self) { group in
            for _ in 0..<2 { group.addTask { await kind { try await cluster.primary() } } }
            return await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(kinds == [.unavailable, .tryAgain])
        // What is missing at a replica cannot be known without a primary, only that it is not old.
        #expect(try await cluster.reader(patient).role == .replica)
        await cluster.close()
    }

    @Test func aReplicaThatDiesCostsOneFailedTry() async throws {
        let servers = try ReplicatedServers()
        let cluster = try servers.open()
        try await cluster.settled()
        let failures = Collected<String>()
        @Sendable func read() async throws -> String {
            try await cluster.read(patient) { member in
                do {
                    _ = try await member.database.integer("SELECT 1")
                } catch {
                    failures.add(member.name)
                    throw error
                }
                return member.name
            }
        }
        var names: Set<String> = []
        while names.count < 2 { names.insert(try await read()) }
        try servers.kill(1)
        for _ in 0..<300 { #expect(try await read() == servers.name(2)) }
        #expect(failures.values.count <= 1)
        try servers.start(1)
        try await cluster.settled()
        names = []
        while names.count < 2 { names.insert(try await read()) }
        await cluster.close()
    }

    @Test func aReplicaThatIsPausedKeepsNobodyWaiting() async throws {
        let servers = try ReplicatedServers()
        let cluster = try servers.open()
        try await cluster.settled()
        try servers.pause(1)
        // The first may go there; it goes on elsewhere as soon as the silence is noticed, not at the
        // statement's time-out of half a minute.
        let stall = Stall()
        let begun = Seams.machine.uptime()
        for _ in 0..<300 {
            _ = try await cluster.read(patient) { try await $0.database.integer("SELECT 1") }
        }
        let took = Seams.machine.uptime() - begun
        let lost = stall.seconds()
        #expect(took - lost < 15, "took \(took) s, of which the machine stood still for \(lost) s")
        #expect(await cluster.status()[1].isReachable == false)
        try servers.resume(1)
        try await cluster.settled()
        await cluster.close()
    }

    @Test func whatAPausedPrimaryHasBegunEndsWhenAnotherTakesOver() async throws {
        let servers = try ReplicatedServers(standbys: 1)
        let cluster = try servers.open { $0.statementTimeout = .seconds(3600) }
        let old = try await cluster.primary()
        try await old.database.execute("CREATE TABLE t (n BIGINT)")
        try await cluster.settled()
        let isPaused = try Event()
        let begun = [try Event(), try Event(), try Event()]
        async let write = kind {
            try await old.database.write { connection in
                try connection.execute("INSERT INTO t VALUES (1)")
                begun[0].happen()
                isPaused.wait()
                try connection.execute("INSERT INTO t VALUES (2)")
            }
        }
        // One that has only its commit before it, whose end nobody can know.
        let commit = Task {
            try await old.database.write { connection in
                try connection.execute("INSERT INTO t VALUES (3)")
                begun[1].happen()
                isPaused.wait()
            }
        }
        async let read = kind {
            try await old.database.read { connection in
                begun[2].happen()
                isPaused.wait()
                try connection.execute("SELECT 1")
            }
        }
        for event in begun { await event.happened() }
        try servers.pause(0)
        isPaused.happen()
        try servers.promote(1)
        #expect(await write == .unavailable)
        #expect(await read == .unavailable)
        await #expect(throws: UnknownOutcome.self) { try await commit.value }
        let primary = try await cluster.primary()
        #expect(try await primary.database.integer("SELECT count(*) FROM t") == 0)
        await cluster.close()
    }
}

/// How long the machine stood still, which no time limit of a test may count.
final class Stall: Sendable {
    private let isOver = Atomic(false)
    private let milliseconds = Atomic(0)
    private let thread = Mutex<pthread_t?>(nil)

    init() {
        let thread = Workers.start { [self] in
            var last = Seams.machine.uptime()
            while !isOver.load(ordering: .acquiring) {
                poll(nil, 0, 50)
                let now = Seams.machine.uptime()
                let late = Int(max(0, now - last - 0.1) * 1000)
                milliseconds.add(late, ordering: .relaxed)
                last = now
            }
        }
        self.thread.withLock { $0 = thread }
    }

    /// Seconds by which short waits were late in all.
    func seconds() -> Double {
        isOver.store(true, ordering: .releasing)
        if let thread = thread.withLock({ $0.take() }) { pthread_join(thread, nil) }
        return Double(milliseconds.load(ordering: .relaxed)) / 1000
    }
}
