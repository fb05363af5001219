import Glibc
import TCCore
import TCEngines
import TCStore

/// `TCBench database URL [ROWS]`: reads by key and durable inserts through the engine that the URL
/// names, by one task and by many. On PostgreSQL the same read by `pgbench` stands beside, where it is
/// installed. The tables `bench_accounts` and `bench_rows` are made and dropped.
///
/// `TCBench database acknowledge URL`: inserts numbers into `acknowledged` for ever, from eight tasks,
/// and prints each once it is committed: what the tests kill.
func benchDatabase(_ arguments: [String]) throws {
    if arguments.first == "acknowledge", arguments.count == 2 {
        return try waitFor { try await acknowledge(arguments[1]) }
    }
    guard let url = arguments.first else {
        throw TCError(.usage, "usage: TCBench database [acknowledge] URL [ROWS]")
    }
    let rows = try wholeNumber(arguments, 1, 100_000)
    let database = try openDatabase(url: url, seams: .bench)
    try waitFor { try await prepare(database, rows: rows) }
    let engine = database.dialect
    for tasks in [1, 8] {
        try measure("database \(engine) read by key, tasks=\(tasks)", rounds: 3) {
            try waitFor { try await read(database, tasks, 20_000, rows) }
        }
        if engine == .postgres, let rate = try pgbench(url, "bench_accounts", rows, tasks, 3) {
            print(
                "{\"part\":\"pgbench read by key, connections=\(tasks)\","
                    + "\"items_per_s\":\(Int(rate))}")
        }
    }
    for (tasks, batch, count) in [(1, 1, 400), (32, 1, 4000), (1, 100, 20_000), (1, 8192, 163_840)]
    {
        try measure("database \(engine) insert, tasks=\(tasks) batch=\(batch)", rounds: 3) {
            try waitFor { try await insert(database, tasks, batch, count) }
        }
    }
    try waitFor {
        try await database.write {
            try $0.execute("DROP TABLE bench_accounts")
            try $0.execute("DROP TABLE bench_rows")
        }
        await database.close()
    }
}

private func prepare(_ database: any Database, rows: Int) async throws {
    try await database.write { connection in
        try connection.execute("DROP TABLE IF EXISTS bench_accounts")
        try connection.execute("DROP TABLE IF EXISTS bench_rows")
        try connection.execute(
            """
            CREATE TABLE bench_accounts (aid BIGINT PRIMARY KEY, abalance BIGINT NOT NULL,
                filler TEXT NOT NULL)
            """)
        try connection.execute(
            """
            CREATE TABLE bench_rows (id BIGINT PRIMARY KEY, debit BIGINT NOT NULL,
                credit BIGINT NOT NULL, amount BIGINT NOT NULL, note TEXT NOT NULL)
            """)
        let filler = SQLValue.text(String(repeating: "x", count: 84))
        try connection.execute(
            "INSERT INTO bench_accounts VALUES ($1, $2, $3)",
            batch: (1...rows).map { [.integer(Int64($0)), 0, filler] })
    }
}

private func read(
    _ database: any Database, _ tasks: Int, _ count: Int, _ rows: Int
) async throws -> Work {
    try await withThrowingTaskGroup { group in
        for task in 0..<tasks {
            group.addTask {
                // A stride that has no divisor in common with any count of rows below it.
                var key = task * 7919
                for _ in 0..<(count / tasks) {
                    key = (key + 1_000_003) % rows
                    _ = try await database.query(
                        "SELECT abalance FROM bench_accounts WHERE aid = $1",
                        [.integer(Int64(key + 1))]
                    ) { try $0.integer(0) }
                }
            }
        }
        try await group.waitForAll()
    }
    return Work(items: count, bytes: 0)
}

private func insert(
    _ database: any Database, _ tasks: Int, _ batch: Int, _ count: Int
) async throws -> Work {
    try await database.write { try $0.execute("DELETE FROM bench_rows") }
    try await withThrowingTaskGroup { group in
        for task in 0..<tasks {
            group.addTask {
                for start in stride(from: task * batch, to: count, by: tasks * batch) {
                    let rows = (start..<(start + batch)).map { id in
                        [
                            .integer(Int64(id)), .integer(Int64(id % 1000)),
                            .integer(Int64(id % 997)), 250, "charging",
                        ] as [SQLValue]
                    }
                    try await database.write {
                        try $0.execute(
                            "INSERT INTO bench_rows VALUES ($1, $2, $3, $4, $5)", batch: rows)
                    }
                }
            }
        }
        try await group.waitForAll()
    }
    return Work(items: count, bytes: 0)
}

private func acknowledge(_ url: String) async throws {
    let database = try openDatabase(url: url, seams: .bench)
    try await withThrowingTaskGroup { group in
        for task in 0..<8 {
            group.addTask {
                for number in stride(from: Int64(task), to: .max, by: 8) {
                    try await database.write {
                        try $0.execute("INSERT INTO acknowledged VALUES ($1)", [.integer(number)])
                    }
                    let line = Array("\(number)\n".utf8)
                    // One call, so that lines of two tasks do not mix.
                    guard write(STDOUT_FILENO, line, line.count) == line.count else { return }
                }
            }
        }
        try await group.waitForAll()
    }
}
