import TCCore
import TCStore
import Testing

@testable import TCEngines

/// What a cluster of real servers answers reads from.
@Suite(.enabled(if: DatabaseEngine.serverURL != nil, DatabaseEngine.absence), .serialized)
struct ClusterReadTests {
    private let patient = ReadBound(maxLag: .seconds(3600))

    @Test func readsAreSpreadOverTheReplicas() async throws {
        let servers = try ReplicatedServers()
        let cluster = try servers.open()
        let primary = try await cluster.primary()
        #expect(primary.name == "primary" && primary.role == .primary)
        try await primary.database.execute("CREATE TABLE t (n BIGINT)")
        let position = try #require(try await cluster.writePosition(on: primary))
        try await cluster.settled()
        var names: Set<String> = []
        for _ in 0..<10 {
            let bound = ReadBound(
                maxLag: .seconds(3600), minLSN: position, patience: .seconds(60))
            let reader = try await cluster.reader(bound)
            try #require(reader.role == .replica)
            names.insert(reader.name)
            #expect(try await reader.database.integer("SELECT count(*) FROM t") == 0)
            let inRead = try await reader.database.read {
                try $0.first("SELECT count(*) FROM t", []) { try $0.integer(0) }
            }
            #expect(inRead == 0)
            #expect(
                await kind { try await reader.database.execute("INSERT INTO t VALUES (1)") }
                    == .unavailable)
        }
        #expect(names == [servers.name(1), servers.name(2)])
        #expect(try await cluster.reader(ReadBound(maxLag: .zero)).role == .primary)
        let status = await cluster.status()
        #expect(status.map(\.name) == [0, 1, 2].map(servers.name))
        #expect(status.map(\.role) == [.primary, .replica, .replica])
        #expect(status.allSatisfy { $0.isReachable && $0.problem == nil && $0.timeline == 1 })
        #expect(status.allSatisfy { $0.lsn.map { $0 >= position } ?? false })
        await cluster.close()
        #expect(await kind { try await primary.database.check() } == .unavailable)
    }

    @Test func anIdlePrimaryDoesNotMakeItsReplicasOld() async throws {
        let servers = try ReplicatedServers(standbys: 1)
        let cluster = try servers.open()
        try await cluster.settled()
        // Longer than the bound, with nothing to replay.
        let end = Seams.machine.uptime() + 0.7
        while Seams.machine.uptime() < end { _ = await cluster.status() }
        try await cluster.eventually { $0.last?.lag == .zero }
        await cluster.close()
    }

    @Test func aReplicaBeyondTheBoundIsNotAsked() async throws {
        let servers = try ReplicatedServers()
        let cluster = try servers.open()
        let primary = try await cluster.primary().database
        try await primary.execute("CREATE TABLE t (n BIGINT)")
        try await cluster.settled()
        for number in 1...2 { try await servers.run("SELECT pg_wal_replay_pause()", on: number) }
        try await primary.execute("INSERT INTO t VALUES (1)")
        let count = "SELECT count(*) FROM t"
        // Once what is missing is older than the bound, and for as long as it is missing.
        try await cluster.eventually { $0.dropFirst().allSatisfy { $0.lag ?? .zero > .seconds(1) } }
        for _ in 0..<20 {
            let reader = try await cluster.reader(ReadBound(maxLag: .seconds(1)))
            #expect(reader.role == .primary)
            #expect(try await reader.database.integer(count) == 1)
        }
        let old = try await cluster.reader(patient)
        #expect(old.role == .replica && old.lag > .seconds(1))
        #expect(try await old.database.integer(count) == 0)
        for number in 1...2 { try await servers.run("SELECT pg_wal_replay_resume()", on: number) }
        try await cluster.settled()
        let reader = try await cluster.reader(patient)
        #expect(reader.role == .replica)
        #expect(try await reader.database.integer(count) == 1)
        await cluster.close()
    }

    @Test func whoWroteSeesItOnWhateverMemberAnswers() async throws {
        let servers = try ReplicatedServers()
        let cluster = try servers.open()
        let primary = try await cluster.primary()
        try await primary.database.execute("CREATE TABLE t (n BIGINT)")
        try await cluster.settled()
        var roles: Set<MemberRole> = []
        for n in 1...200 {
            // Sometimes there is no replica that goes on.
            if n == 101 || n == 151 {
                let what = n == 101 ? "pause" : "resume"
                for number in 1...2 {
                    try await servers.run("SELECT pg_wal_replay_\(what)()", on: number)
                }
            }
            try await primary.database.execute("INSERT INTO t VALUES ($1)", [.integer(Int64(n))])
            let position = try await cluster.writePosition(on: primary)
            let bound = ReadBound(
                maxLag: .seconds(3600), minLSN: position,
                patience: .milliseconds(n < 101 ? 1000 : 2))
            let (role, found) = try await cluster.read(bound) {
                ($0.role, try await $0.database.integer("SELECT max(n) FROM t"))
            }
            #expect(found == Int64(n))
            roles.insert(role)
        }
        #expect(roles == [.primary, .replica])
        await cluster.close()
    }
}

extension ReplicatedServers {
    /// Runs a statement that reads on one server alone.
    func run(_ sql: String, on number: Int) async throws {
        let database = try openDatabase(url: url(number), seams: .machine)
        _ = try await database.query(sql, []) { _ in }
        await database.close()
    }
}

extension DatabaseCluster {
    /// Returns once the status is as wanted; after some minutes with an error.
    func eventually(_ isWanted: ([MemberStatus]) -> Bool) async throws {
        let end = Seams.machine.uptime() + 120
        while true {
            let status = await status()
            if isWanted(status) { return }
            guard Seams.machine.uptime() < end else {
                throw TCError(.tryAgain, "the cluster stays as it is: \(status)")
            }
            await Task.yield()
        }
    }

    /// Returns once every server is in use and no replica lacks anything of what was written before.
    func settled() async throws {
        let position = try await writePosition(on: try await primary())
        try await eventually {
            $0.allSatisfy { member in
                guard let lsn = member.lsn, let position else { return false }
                return member.problem == nil && member.lag == .zero && lsn >= position
            }
        }
    }
}
