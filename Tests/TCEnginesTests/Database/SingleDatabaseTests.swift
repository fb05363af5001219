import TCCore
import TCStore
import Testing

@testable import TCEngines

/// A cluster of one.
struct SingleDatabaseTests {
    @Test(arguments: DatabaseEngine.present)
    func theOnlyDatabaseTakesWritesAndAnswersEveryRead(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let cluster = try openCluster(url: bed.url, seams: .machine)
        #expect(cluster.dialect == bed.dialect)
        let primary = try await cluster.primary()
        #expect(primary.name == "primary" && primary.role == .primary && primary.lag == .zero)
        try await primary.database.execute("CREATE TABLE t (n BIGINT)")
        let before = try await cluster.writePosition(on: primary)
        try await primary.database.execute("INSERT INTO t VALUES (7)")
        let after = try await cluster.writePosition(on: primary)
        let bound = ReadBound(maxLag: .zero, minLSN: after)
        let reader = try await cluster.reader(bound)
        #expect(reader.role == .primary)
        #expect(try await reader.database.integer("SELECT n FROM t") == 7)
        #expect(try await cluster.read(bound) { $0.name } == "primary")
        switch engine {
        case .sqlite: #expect(before == nil && after == nil)
        case .postgres: #expect(try #require(before) < #require(after))
        }
        await cluster.close()
        #expect(await kind { try await reader.database.check() } == .unavailable)
    }

    @Test(arguments: DatabaseEngine.present)
    func itsStatusTellsOfItsPool(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let cluster = SingleDatabase(try bed.open())
        let database = try await cluster.primary().database
        let mayGo = try Event()
        let isHeld = try Event()
        async let held: Void = database.write { _ in
            isHeld.happen()
            mayGo.wait()
        }
        await isHeld.happened()
        let status = try #require(await cluster.status().first)
        #expect(status.name == "primary" && status.role == .primary && status.isReachable)
        #expect(status.problem == nil && status.lag == .zero)
        let pool = try #require(status.pool)
        #expect(pool.inUse >= 1 && pool.size > 1 && pool.waiting == 0)
        switch engine {
        case .sqlite: #expect(status.lsn == nil && status.timeline == nil)
        case .postgres: #expect(status.timeline == 1 && status.lsn != nil)
        }
        mayGo.happen()
        try await held
        await cluster.close()
    }

    @Test func aDatabaseThatIsNotThereSaysWhy() async throws {
        let cluster = try openCluster(
            url: "sqlite:/dev/null/there.db", seams: .machine)
        let status = await cluster.status()
        #expect(status.first?.isReachable == false)
        #expect(status.first?.problem?.contains("'/dev/null") == true)
        await cluster.close()
    }
}
