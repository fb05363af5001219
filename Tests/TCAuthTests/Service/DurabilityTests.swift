import Glibc
import TCCore
import TCEngines
import TCStore
import Testing

@testable import TCAuth

@Suite("what was acknowledged") struct DurabilityTests {
    @Test("is there for whoever opens the files as a kill leaves them")
    func afterKill() async throws {
        let bed = try await AuthBed(.embedded)
        let service = try bed.node()
        let user = try await bed.register(service)
        var grant = try await bed.grant(service)
        let ended = try await bed.grant(service)
        _ = try await service.logout(sessionID: ended.sessionID, of: user.id)
        for _ in 0..<20 {
            let refreshed = try await service.refresh(grant.refreshToken?.text ?? "")
            grant = try #require(refreshed.grant)
            // The database as it is on disk now, with its log, while the service has it open.
            let copy = Scratch()
            for name in ["auth.db", "auth.db-wal"] {
                try copy.file(name, contents("\(bed.folder)/\(name)"))
            }
            let found = try openDatabase(url: "sqlite:\(copy.path)/auth.db", seams: .machine)
            let heir = try AuthService(
                database: found, cache: bed.cache, keys: bed.keys, seams: bed.seams)
            #expect(try await heir.user(.id(user.id)) == user)
            let sessions = try await heir.sessions(of: user.id, includingEnded: true)
            #expect(sessions.count == 2)
            #expect(sessions.filter { $0.revokedAt == nil }.map(\.id) == [grant.sessionID])
            #expect(try await heir.introspect(grant.accessToken).reason == nil)
            #expect(try await heir.refresh(grant.refreshToken?.text ?? "").grant != nil)
            await found.close()
        }
    }

    @Test("is there for another node at once", arguments: AuthEngines.present)
    func elsewhere(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let database = try bed.reopened()
        let other = try AuthService(
            database: database, cache: bed.cache, keys: bed.keys, seams: bed.seams)
        try await bed.register(service)
        for _ in 0..<10 {
            let grant = try await bed.grant(service)
            #expect(try await other.introspect(grant.accessToken).reason == nil)
            let next = try #require(try await other.refresh(grant.refreshToken?.text ?? "").grant)
            #expect(try await service.refresh(next.refreshToken?.text ?? "").grant != nil)
        }
        await database.close()
    }

    @Test("events stand beside the changes that they tell of, and nothing stands alone")
    func events() async throws {
        let bed = try await AuthBed(.embedded)
        let service = try bed.node()
        let user = try await bed.register(service)
        try await bed.database.write { try $0.execute("DROP TABLE outbox") }
        for act in [
            { try await service.setRole(of: .id(user.id), to: "admin", by: .local) },
            { try await service.delete(.id(user.id), by: .local) },
            {
                try await service.register(
                    NewUser(email: bed.email("bob"), password: nil), by: .local)
            },
        ] as [@Sendable () async throws -> UserOutcome] {
            await #expect(throws: TCError.self) { try await act() }
        }
        #expect(try await service.users().users == [user], "what could not be told did not happen")
    }
}
