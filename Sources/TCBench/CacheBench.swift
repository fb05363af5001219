import Glibc
import Synchronization
import TCCore
import TCEngines
import TCStore

/// The cache: `memory` on one thread and on two, or a server's URL with 64 tasks at once, whose
/// measure is `redis-benchmark -p PORT -c 1 -P 64 -t get,set -d 100 -r 100000 -n 1000000`.
func benchCache(_ arguments: [String]) throws {
    guard let engine = arguments.first else {
        throw TCError(.usage, "usage: TCBench cache memory|redis://HOST:PORT")
    }
    let seams = Seams(
        now: { Instant(milliseconds: Int64(wallSeconds() * 1000)) }, uptime: wallSeconds,
        random: { UInt64.random(in: 0 ... .max) })
    if engine == "memory" {
        try benchResidence(seams)
        try benchMemory(seams)
    } else {
        let tasks = try wholeNumber(arguments, 1, 64)
        try benchServer(try openCache(url: engine, seams: seams), tasks)
    }
}

private let keys = (0..<100_000).map { "session:\(1_000_000 + $0)" }
private let value = [UInt8](repeating: 7, count: 100)

private func benchMemory(_ seams: Seams) throws {
    let cache = try MemoryCache(seams: seams)
    let limiter = RateLimiter(.standard, on: cache)
    for threads in [1, 2] {
        func run(_ name: String, _ body: @Sendable (String) throws -> Void) throws {
            try measure("cache memory \(name), \(threads) threads") {
                try Workers.run(threads) { thread in
                    for step in 0..<300_000 {
                        // Far apart, so that threads do not follow each other through the keys.
                        try body(keys[(step &* 7919 &+ thread &* 50_000) % keys.count])
                    }
                }
                return Work(items: threads * 300_000, bytes: threads * 300_000 * value.count)
            }
        }
        try run("set") { try cache.set($0, value, expiresAfter: .seconds(60)) }
        try run("get") { _ = try cache.get($0) }
        try run("increment") {
            _ = try cache.increment("n\($0)", by: 1, expiresAfter: .seconds(60))
        }
    }
    try measure("rate limit in memory, one task") {
        try wait { for step in 0..<200_000 { _ = try await limiter.admit(keys[step % 1000]) } }
        return Work(items: 200_000, bytes: 0)
    }
}

/// What a million entries are counted as, beside what the process grew by.
private func benchResidence(_ seams: Seams) throws {
    var options = CacheOptions()
    options.memoryBytes = 1 << 30
    let cache = try MemoryCache(seams: seams, options: options)
    let before = try residentBytes()
    for number in 0..<1_000_000 {
        let value = [UInt8](repeating: UInt8(number & 255), count: 100)
        try cache.set("session:\(1_000_000_000 + number)", value, expiresAfter: .seconds(60))
    }
    print(
        "{\"part\":\"cache memory of a million entries\",\"counted\":\(cache.statistics.bytes),"
            + "\"resident\":\(try residentBytes() - before)}")
}

func residentBytes() throws -> Int {
    let pages = try contents(ofProcess: "/proc/self/statm").split(separator: UInt8(ascii: " "))
    return (Int(String(decoding: pages[1], as: UTF8.self)) ?? 0) * Int(getpagesize())
}

/// A file of `/proc`, whose size is told as 0.
private func contents(ofProcess path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw TCError(.io, "cannot open '\(path)'") }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    return Array(bytes[..<max(0, read(descriptor, &bytes, bytes.count))])
}

private func benchServer(_ cache: any Cache, _ tasks: Int) throws {
    func run(_ name: String, _ body: @escaping @Sendable (String) async throws -> Void) throws {
        try measure("cache redis \(name), \(tasks) tasks") {
            let each = 100_000 / tasks
            try wait {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for task in 0..<tasks {
                        group.addTask {
                            for step in 0..<each {
                                try await body(keys[(step * 7919 + task * 1999) % keys.count])
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            return Work(items: each * tasks, bytes: each * tasks * value.count)
        }
    }
    let limiter = RateLimiter(.standard, on: cache)
    try run("set") { try await cache.set($0, value, expiresAfter: .seconds(60)) }
    try run("get") { _ = try await cache.get($0) }
    try run("rate limit") { _ = try await limiter.admit($0) }
}

/// Runs `body` on the cooperative pool while this thread waits for it.
private func wait(_ body: @escaping @Sendable () async throws -> Void) throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw TCError(.io, "cannot make a pipe") }
    let (reading, writing) = (ends[0], ends[1])
    let failure = Failure()
    // Waited for by the read below.
    Task {
        do { try await body() } catch { failure.error.withLock { $0 = error } }
        close(writing)
    }
    var byte: UInt8 = 0
    _ = read(reading, &byte, 1)
    close(reading)
    if let error = failure.error.withLock({ $0 }) { throw error }
}

private final class Failure: Sendable {
    let error = Mutex<(any Error)?>(nil)
}
