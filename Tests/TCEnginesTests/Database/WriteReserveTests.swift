import TCCore
import TCStore
import Testing

@testable import TCEngines

/// Connections that reads leave to writes.
@Suite(.enabled(if: DatabaseEngine.serverURL != nil, DatabaseEngine.absence))
struct WriteReserveTests {
    @Test func readsNeverTakeEveryConnection() async throws {
        let bed = try await DatabaseBed(.postgres)
        let database = try await bed.opened(with: "CREATE TABLE t (n BIGINT)") {
            $0.poolSize = 5
            $0.writeReserve = 2
            $0.waitLimit = .seconds(60)
        }
        let mayGo = try Event()
        let running = Collected<Int>()
        try await withThrowingTaskGroup { group in
            for n in 0..<8 {
                group.addTask {
                    try await database.read { _ in
                        running.add(n)
                        mayGo.wait()
                    }
                }
            }
            while database.poolStatus?.waiting != 5 { await Task.yield() }
            // Further ones do not wait behind the reads that do.
            for n in 0..<10 {
                try await database.execute("INSERT INTO t VALUES ($1)", [.integer(Int64(n))])
            }
            #expect(running.values.count == 3)
            #expect(database.poolStatus?.inUse == 3)
            mayGo.happen()
            try await group.waitForAll()
        }
        #expect(running.values.count == 8)
        #expect(try await database.integer("SELECT count(*) FROM t") == 10)
        #expect(database.poolStatus?.waiting == 0)
        await database.close()
    }

    @Test func onePlaceIsAlwaysForReads() async throws {
        let bed = try await DatabaseBed(.postgres)
        let database = try bed.open {
            $0.poolSize = 1
            $0.writeReserve = 50
        }
        try await database.check()
        await database.close()
    }

    @Test func theWaitIsCounted() async throws {
        let bed = try await DatabaseBed(.postgres)
        let database = try bed.open {
            $0.poolSize = 1
            $0.waitLimit = .milliseconds(100)
        }
        #expect(database.poolStatus?.longestWait == .zero)
        let (isHeld, mayGo) = (try Event(), try Event())
        async let held: Void = database.write { _ in
            isHeld.happen()
            mayGo.wait()
        }
        await isHeld.happened()
        let error = await #expect(throws: TCError.self) { try await database.check() }
        let wait = try #require(database.poolStatus?.longestWait)
        #expect(wait >= .milliseconds(100))
        #expect(error?.message.hasPrefix("waited \(wait.text) for one of the 1 ") == true)
        mayGo.happen()
        try await held
        await database.close()
    }
}
