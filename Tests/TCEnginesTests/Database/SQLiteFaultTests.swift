import Glibc
import TCCore
import TCStore
import Testing

@testable import TCEngines

/// What a disk, a file and other processes can do to a call.
struct SQLiteFaultTests {
    @Test func theFileIsItsOwnersAloneAndItsFolderIsMade() async throws {
        let folder = temporaryFolder()
        defer { removeFolder(folder) }
        let path = "\(folder)/a/b/test.db"
        let database = try openDatabase(url: "sqlite:\(path)", seams: .machine)
        try await database.execute("CREATE TABLE t (n BIGINT)")
        for suffix in ["", "-wal", "-shm"] {
            var info = stat()
            #expect(stat(path + suffix, &info) == 0 && info.st_mode & 0o777 == 0o600)
        }
        await database.close()
        #expect(!FileSystem().exists(path + "-wal"))
    }

    @Test func commitsAreDurable() async throws {
        let bed = try await DatabaseBed(.sqlite)
        let database = try bed.open()
        let settings = try await database.write { connection in
            try ["journal_mode", "synchronous", "foreign_keys"].map {
                try connection.first("PRAGMA \($0)", []) { try $0.value(0) }
            }
        }
        #expect(settings == ["wal", 2, 1])
        await database.close()
    }

    @Test func aDatabaseInMemoryIsOneForReadersAndWriters() async throws {
        let database = try openDatabase(url: "sqlite::memory:", seams: .machine)
        try await database.execute("CREATE TABLE t (n BIGINT)")
        try await database.execute("INSERT INTO t VALUES (1)")
        #expect(try await database.integer("SELECT count(*) FROM t") == 1)
        #expect(
            await kind { try await database.read { try $0.execute("DELETE FROM t") } }
                == .notPermitted)
        await database.close()
    }

    @Test func aLockOfAnotherProcessIsWaitedForButNotForEver() async throws {
        let bed = try await DatabaseBed(.sqlite)
        let holder = try await bed.opened(with: "CREATE TABLE t (n BIGINT)")
        let database = try bed.open { $0.waitLimit = .milliseconds(100) }
        let (isHeld, mayGo) = (try Event(), try Event())
        async let held: Void = holder.write { connection in
            try connection.execute("INSERT INTO t VALUES (1)")
            isHeld.happen()
            mayGo.wait()
        }
        await isHeld.happened()
        await #expect(
            throws: TCError(
                .tryAgain, "the database '\(bed.path)' is locked by another process; waited 100ms")
        ) { try await database.execute("INSERT INTO t VALUES (2)") }
        #expect(try await database.integer("SELECT count(*) FROM t") == 0)
        let patient = try bed.open { $0.waitLimit = .seconds(60) }
        let waiting = Task { try await patient.execute("INSERT INTO t VALUES (3)") }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        async let waited: Void = patient.execute("INSERT INTO t VALUES (4)")
        mayGo.happen()
        try await held
        try await waited
        #expect(try await database.integer("SELECT sum(n) FROM t") == 5)
        for database in [holder, database, patient] { await database.close() }
    }

    @Test func whatIsNoDatabaseIsToldAsSuch() async throws {
        let folder = temporaryFolder()
        defer { removeFolder(folder) }
        func check(_ path: String) async -> TCError? {
            await #expect(throws: TCError.self) {
                let database = try openDatabase(url: "sqlite:\(path)", seams: .machine)
                try await database.check()
            }
        }
        let file = try #require(fopen("\(folder)/text", "w"))
        fputs(String(repeating: "no database\n", count: 100), file)
        fclose(file)
        #expect(
            await check("\(folder)/text")
                == TCError(.io, "'\(folder)/text' is not an SQLite database"))
        #expect(await check(folder)?.kind == .io)
        #expect(await check("\(folder)/text/below")?.kind == .io)
        #expect(await check("")?.kind == .configuration)
    }

    @Test func aDamagedFileIsToldAsSuch() async throws {
        let bed = try await DatabaseBed(.sqlite)
        let database = try await bed.opened(with: "CREATE TABLE t (n BIGINT)")
        try await database.write {
            try $0.execute(
                "INSERT INTO t VALUES ($1)", batch: (0..<5000).map { [.integer(Int64($0))] })
        }
        await database.close()
        let file = try #require(fopen(bed.path, "r+"))
        fseek(file, 4096, SEEK_SET)
        for _ in 0..<8192 { fputc(0xA5, file) }
        fclose(file)
        let damaged = try bed.open()
        let error = await #expect(throws: TCError.self) {
            try await damaged.integer("SELECT sum(n) FROM t")
        }
        #expect(error?.kind == .io)
        #expect(error?.message.hasPrefix("the database '\(bed.path)' is damaged: ") == true)
        await damaged.close()
    }

    @Test func aFullDiskLosesNothingThatWasAcknowledged() async throws {
        let bed = try await DatabaseBed(.sqlite)
        let database = try await bed.opened(with: "CREATE TABLE t (n BIGINT PRIMARY KEY, b BYTEA)")
        let insert = "INSERT INTO t VALUES ($1, $2)"
        try await database.execute(insert, [0, nil])
        try await database.write { try $0.execute("PRAGMA max_page_count = 40") }
        var stored: Int64 = 0
        var error: (any Error)?
        while error == nil, stored < 1000 {
            do {
                try await database.execute(
                    insert, [.integer(stored + 1), .bytes(Array(repeating: 1, count: 10_000))])
                stored += 1
            } catch let full {
                error = full
            }
        }
        let full = try #require(error as? TCError)
        #expect(full.kind == .io)
        #expect(full.message == "the disk of the database '\(bed.path)' is full")
        #expect(try await database.integer("SELECT count(*) FROM t") == stored + 1)
        try await database.write { try $0.execute("PRAGMA max_page_count = 4000") }
        try await database.execute(insert, [-1, .bytes(Array(repeating: 1, count: 10_000))])
        #expect(try await database.integer("SELECT count(*) FROM t") == stored + 2)
        await database.close()
    }

    /// Writes that wait together share a commit; each still happens or fails alone. Where the disk
    /// fills, SQLite gives up what all of them did.
    @Test(arguments: [false, true])
    func writesThatShareACommitDoNotShareTheirFate(_ diskFills: Bool) async throws {
        struct Refused: Error {}
        let bed = try await DatabaseBed(.sqlite)
        let database = try await bed.opened(
            with: "CREATE TABLE t (n BIGINT PRIMARY KEY, b BYTEA)", "PRAGMA max_page_count = 40")
        let pool = try #require((database as? SQLiteDatabase)?.writer)
        let (isHeld, mayGo) = (try Event(), try Event())
        async let held: Void = database.write { connection in
            isHeld.happen()
            mayGo.wait()
            try connection.execute("INSERT INTO t VALUES (-1, NULL)")
        }
        await isHeld.happened()
        let insert = "INSERT INTO t VALUES ($1, $2)"
        let writes = (0..<20).map { n in
            Task {
                try await database.write { connection in
                    let size = n == 12 && diskFills ? 1_000_000 : 1
                    try connection.execute(
                        insert, [.integer(Int64(n)), .bytes(Array(repeating: 1, count: size))])
                    if n == 5 { throw Refused() }
                    if n == 9 { try connection.execute(insert, [0, nil]) }
                }
            }
        }
        while pool.status.waiting < writes.count { await Task.yield() }
        writes[15].cancel()
        mayGo.happen()
        try await held
        for (n, write) in writes.enumerated() {
            switch n {
            case 5: await #expect(throws: Refused.self) { try await write.value }
            case 9: await #expect(throws: ConstraintViolation.self) { try await write.value }
            case 12 where diskFills: #expect(await kind { try await write.value } == .io)
            case 15: await #expect(throws: CancellationError.self) { try await write.value }
            default: try await write.value
            }
        }
        let kept = try await database.query("SELECT n FROM t ORDER BY n", []) { try $0.integer(0) }
        #expect(
            kept == [-1] + (0..<20).filter { ![5, 9, 15].contains($0) && !(diskFills && $0 == 12) })
        await database.close()
    }

    @Test func processesThatAreKilledLoseNothingThatTheyAcknowledged() async throws {
        let bed = try await DatabaseBed(.sqlite)
        let database = try await bed.opened(with: "CREATE TABLE acknowledged (n BIGINT)")
        let processes = try (0..<2).map { _ in try AcknowledgingProcess(bed.url) }
        var told = processes.flatMap { $0.numbers(200) }
        // While they write, so does this process.
        for _ in 0..<20 { try await database.execute("INSERT INTO acknowledged VALUES (-1)") }
        for process in processes { process.kill() }
        told += processes.flatMap { $0.numbers(.max) }
        var counts: [Int64: Int] = [:]
        for number in try await database.query(
            "SELECT n FROM acknowledged", [], { try $0.integer(0) })
        {
            counts[number, default: 0] += 1
        }
        #expect(counts[-1] == 20)
        for number in told { counts[number, default: 0] -= 1 }
        #expect(counts.values.allSatisfy { $0 >= 0 })
        let integrity = try await database.query("PRAGMA integrity_check", []) { try $0.text(0) }
        #expect(integrity == ["ok"])
        await database.close()
    }
}
