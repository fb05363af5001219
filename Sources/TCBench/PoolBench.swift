import Glibc
import TCCore
import TCEngines
import TCStore

/// `TCBench pool URL [SECONDS [CONNECTIONS]]`: a prepared read by key through a pool of 1, 8 and 16
/// connections or of so many, by as many tasks at once, in turn with what `pgbench -M prepared` does
/// with as many, which must be on the path. Prints the medians of three rounds and their ratio. The
/// table `bench_pool` is made and dropped.
func benchPool(_ arguments: [String]) throws {
    guard let url = arguments.first else {
        throw TCError(.usage, "usage: TCBench pool URL [SECONDS [CONNECTIONS]]")
    }
    let seconds = try wholeNumber(arguments, 1, 3)
    let maker = try openDatabase(url: url, seams: .bench)
    try waitFor { try await makeTable(maker) }
    defer {
        // Left behind where even that fails.
        try? waitFor {
            try await maker.write { try $0.execute("DROP TABLE bench_pool") }
            await maker.close()
        }
    }
    let counts = arguments.count > 2 ? [try wholeNumber(arguments, 2, 1)] : [1, 8, 16]
    for connections in counts {
        var options = DatabaseOptions()
        options.poolSize = connections
        options.writeReserve = 0
        let database = try openDatabase(url: url, seams: .bench, options: options)
        // Tasks on the thread that takes the answers, and tasks anywhere.
        let places = [("with the answers", database.queryExecutor), ("anywhere", nil)]
        var (ours, processor) = (
            [[Double]](repeating: [], count: 2), [[Double]](repeating: [], count: 2)
        )
        var theirs: [Double] = []
        for round in 0...3 {
            for (place, (_, executor)) in places.enumerated() {
                let used = processorSeconds()
                let length = round == 0 ? 0.5 : Double(seconds)
                let count = try waitFor {
                    try await read(database, connections, executor, forSeconds: length)
                }
                // The first round opens the connections.
                guard round > 0 else { continue }
                processor[place].append((processorSeconds() - used) / Double(count))
                ours[place].append(Double(count) / length)
            }
            guard round > 0 else { continue }
            guard let rate = try pgbench(url, "bench_pool", rowCount, connections, seconds) else {
                throw TCError(.unavailable, "there is no 'pgbench' on the path")
            }
            theirs.append(rate)
        }
        try waitFor { await database.close() }
        for (place, (name, _)) in places.enumerated() {
            let (mine, other) = (median(ours[place]), median(theirs))
            print(
                "{\"part\":\"pool read by key, tasks \(name)\",\"connections\":\(connections),"
                    + "\"reads_per_s\":\(Int(mine)),\"pgbench_per_s\":\(Int(other)),"
                    + "\"ratio\":\((mine / other * 1000).rounded() / 1000),"
                    + "\"cpu_ns_per_read\":\(Int(median(processor[place]) * 1e9))}")
        }
    }
}

private let rowCount = 100_000

private func makeTable(_ database: any Database) async throws {
    try await database.write { connection in
        try connection.execute("DROP TABLE IF EXISTS bench_pool")
        try connection.execute(
            """
            CREATE TABLE bench_pool (aid BIGINT PRIMARY KEY, abalance BIGINT NOT NULL,
                filler TEXT NOT NULL)
            """)
        try connection.execute(
            """
            INSERT INTO bench_pool SELECT n, 0, repeat('x', 84) FROM generate_series(1, $1) AS n
            """, [.integer(Int64(rowCount))])
    }
}

/// How many reads `tasks` tasks did one after the other.
private func read(
    _ database: any Database, _ tasks: Int, _ executor: (any TaskExecutor)?,
    forSeconds seconds: Double
) async throws -> Int {
    let end = wallSeconds() + seconds
    return try await withThrowingTaskGroup(of: Int.self) { group in
        for task in 0..<tasks {
            group.addTask(executorPreference: executor) {
                // A stride that has no divisor in common with the count of rows.
                var (key, count) = (task * 7919, 0)
                while wallSeconds() < end {
                    key = (key + 1_000_003) % rowCount
                    let found = try await database.query(
                        "SELECT abalance FROM bench_pool WHERE aid = $1",
                        [.integer(Int64(key + 1))]
                    ) { try $0.integer(0) }
                    guard found == [0] else { throw TCError(.bug, "row \(key + 1) is not there") }
                    count += 1
                }
                return count
            }
        }
        return try await group.reduce(0, +)
    }
}
