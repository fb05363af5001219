import Glibc
import Synchronization
import TCCore
import TCData
import TCEngines
import TCStore

/// The read cache: hits of the first level on one core, or of the second on a server, as many at once
/// as there are tasks, with `redis-benchmark` (which must be on the path) at the same depth before and
/// after.
func benchReadCache(_ arguments: [String]) throws {
    guard let engine = arguments.first else {
        throw TCError(.usage, "usage: TCBench read-cache memory|redis://HOST:PORT [TASKS]")
    }
    if engine == "memory" {
        try benchLocalHits()
    } else {
        try benchSharedHits(engine, try wholeNumber(arguments, 1, 64))
    }
}

private let value = [UInt8](repeating: 7, count: 100)

/// As many rows as the first level holds, with the tags that a query by key has.
private let rows = (0..<10_000).map { number in
    (key: "vehicle:\(number)", tags: [CacheTag.row(table: "vehicles", key: "\(number)")])
}

private func benchLocalHits() throws {
    var options = ReadCacheOptions()
    // A spread over shards is never quite even.
    options.localEntries = 12_000
    let cache = try ReadCache(shared: nil, seams: .bench, options: options)
    let count = 2_000_000
    try measure("read cache l1 hits, one task") {
        try waitFor {
            for step in 0..<count {
                let row = rows[(step &* 7919) % rows.count]
                _ = try await cache.read(key: row.key, tags: row.tags, maxAge: .seconds(600)) { _ in
                    Loaded(value, from: .primary)
                }
            }
        }
        return Work(items: count, bytes: count * value.count)
    }
    print("{\"part\":\"read cache l1 hits\",\"misses\":\(cache.statistics.misses)}")
}

private func benchSharedHits(_ url: String, _ tasks: Int) throws {
    let count = 100_000
    var options = ReadCacheOptions()
    options.space = "bench:\(getpid())"
    // Next to nothing is found in this process.
    options.localEntries = 1
    options.mostAge = .seconds(120)
    let cache = try openCache(url: url, seams: .bench)
    let plain = "\(options.space):plain"
    try waitFor { try await cache.set(plain, value, expiresAfter: .seconds(120)) }
    try measure("cache get, \(tasks) tasks") {
        try waitFor {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<tasks {
                    group.addTask {
                        for _ in 0..<(count / tasks) { _ = try await cache.get(plain) }
                    }
                }
                try await group.waitForAll()
            }
        }
        return Work(items: count / tasks * tasks, bytes: count / tasks * tasks * value.count)
    }
    for (name, tags): (String, @Sendable (Int) -> [CacheTag]) in [
        ("a table", { _ in [.table("vehicles")] }), ("a row", { rows[$0].tags }),
    ] {
        try redisBenchmark(url, tasks)
        let reads = try ReadCache(shared: cache, seams: .bench, options: options)
        try waitFor {
            let running = Task { await reads.run() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<64 {
                    group.addTask {
                        for number in stride(from: task, to: rows.count, by: 64) {
                            try await read(reads, name, number, tags)
                        }
                    }
                }
                try await group.waitForAll()
            }
            running.cancel()
            await running.value
        }
        let before = reads.statistics
        try measure("read cache l2 hits of \(name), \(tasks) tasks") {
            try waitFor {
                let running = Task { await reads.run() }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for task in 0..<tasks {
                        group.addTask {
                            for step in 0..<(count / tasks) {
                                let number = (step &* 7919 &+ task &* 1999) % rows.count
                                try await read(reads, name, number, tags)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                running.cancel()
                await running.value
            }
            return Work(items: count / tasks * tasks, bytes: count / tasks * tasks * value.count)
        }
        let after = reads.statistics
        print(
            "{\"part\":\"read cache l2 hits of \(name)\",\"l2\":\(after.sharedHits - before.sharedHits),"
                + "\"l1\":\(after.localHits - before.localHits),"
                + "\"misses\":\(after.misses - before.misses)}")
    }
    try redisBenchmark(url, tasks)
    try waitFor { await cache.close() }
}

private func read(
    _ cache: ReadCache, _ name: String, _ number: Int, _ tags: (Int) -> [CacheTag]
) async throws {
    _ = try await cache.read(
        key: "\(name):\(number)", tags: tags(number), maxAge: .seconds(120)
    ) { _ in Loaded(value, from: .primary, lsn: 1) }
}

/// The peer: GET of as many random keys, on one connection, so many at once.
private func redisBenchmark(_ url: String, _ depth: Int) throws {
    guard let colon = url.lastIndex(of: ":"),
        let port = Int(url[url.index(after: colon)...].prefix { $0.isNumber })
    else { throw TCError(.usage, "'\(url)' does not end with a port") }
    let command =
        "redis-benchmark -p \(port) -c 1 -P \(depth) -t set,get -d 100 -r 10000 -n 500000 --csv"
        + " | sed -n 's/^\"GET\",\"\\([0-9.]*\\)\".*/{\"part\":\"redis-benchmark GET, "
        + "-P \(depth)\",\"items_per_s\":\\1}/p'"
    fflush(nil)
    guard system(command) == 0 else { throw TCError(.io, "cannot run redis-benchmark") }
}
