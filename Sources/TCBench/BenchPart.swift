import Glibc
import TCCore

/// A benchmark of one part: a file of its own and a line in `all`.
struct BenchPart {
    let name: String
    /// Its arguments, as usage shows them.
    let usage: String
    /// One line.
    let about: String
    let run: ([String]) throws -> Void

    /// In the order in which data flows.
    static var all: [BenchPart] {
        [
            BenchPart(
                name: "simulate", usage: "[VEHICLES [SECONDS [WORKERS]]]",
                about: "make a fleet's lines, to nowhere", run: benchSimulate),
            BenchPart(
                name: "json", usage: "FILE",
                about: "read each line as a JSON value, exact and general", run: benchJSON),
            BenchPart(
                name: "ingest", usage: "parse|sort|encode FILE [WORKERS [BATCH [CHUNK]]]",
                about: "an ingest up to the part named, without storing", run: benchIngest),
            BenchPart(
                name: "parquet", usage: "FILE [LEVEL [ROWS-PER-PAGE]]",
                about: "decode and encode the columns of a Parquet file", run: benchParquet),
            BenchPart(
                name: "scan", usage: "URL [SIGNAL,… [WORKERS]]",
                about: "read columns of a store through the engine of all queries", run: benchScan),
            BenchPart(
                name: "crypto", usage: "[ROUNDS]",
                about: "sign and verify beside openssl speed, which must be on the path",
                run: benchCrypto),
            BenchPart(
                name: "tokens", usage: "[ROUNDS]",
                about: "issue and verify tokens, new ones beside openssl speed and known ones",
                run: benchTokens),
            BenchPart(
                name: "database", usage: "[acknowledge] URL [ROWS]",
                about: "read by key and insert durably through an engine", run: benchDatabase),
            BenchPart(
                name: "pool", usage: "URL [SECONDS [CONNECTIONS]]",
                about: "read by key through a pool of PostgreSQL connections beside pgbench",
                run: benchPool),
            BenchPart(
                name: "cache", usage: "memory|redis://HOST:PORT [TASKS]",
                about: "get, set and limit, in memory or on a server", run: benchCache),
            BenchPart(
                name: "read-cache", usage: "memory|redis://HOST:PORT [TASKS]",
                about: "read cached values of this process, or of a server beside redis-benchmark",
                run: benchReadCache),
            BenchPart(
                name: "refresh", usage: "URL [ROTATIONS]",
                about: "rotate refresh tokens durably, beside what bounds it", run: benchRefresh),
            BenchPart(
                name: "introspect", usage: "memory:|redis://HOST:PORT [SECONDS [CONNECTIONS]]",
                about: "introspect over HTTP beside a bare Hummingbird route, loaded by wrk",
                run: benchIntrospect),
            BenchPart(
                name: "web", usage: "[SECONDS [CONNECTIONS]]",
                about: "a route of ours beside a bare Hummingbird route, loaded by wrk",
                run: benchWeb),
            BenchPart(
                name: "fuzz", usage: "json [--inputs N] [--seed S] [--corpus DIR]",
                about: "hold the JSON reader to a plain one on mutated inputs", run: fuzz),
            BenchPart(
                name: "fuzz-telemetry", usage: "[--inputs N] [--seed S]",
                about: "hold ingest's parser to a plain one on mutated lines", run: fuzzTelemetry),
        ]
    }
}

/// What a repeated measurement counts.
struct Work {
    var items: Int
    var bytes: Int
}

/// Runs `body` once to warm up and then `rounds` times, and prints one JSON line: the median
/// seconds, what that makes a second, and the CPU time of all threads an item.
func measure(_ part: String, rounds: Int = 5, _ body: () throws -> Work) throws {
    guard try body().items > 0 else {
        throw TCError(.badInput, "there was nothing to measure")
    }
    var seconds: [Double] = []
    var processor: [Double] = []
    var work = Work(items: 0, bytes: 0)
    for _ in 0..<rounds {
        let (began, used) = (wallSeconds(), processorSeconds())
        work = try body()
        seconds.append(wallSeconds() - began)
        processor.append(processorSeconds() - used)
    }
    let middle = median(seconds)
    print(
        "{\"part\":\"\(part)\",\"items\":\(work.items),\"bytes\":\(work.bytes),"
            + "\"seconds\":\(middle),\"items_per_s\":\(Int(Double(work.items) / middle)),"
            + "\"mb_per_s\":\(Int(Double(work.bytes) / middle / 1e6)),"
            + "\"cpu_ns_per_item\":\(Int(median(processor) * 1e9 / Double(work.items)))}")
}

/// The middle value; of an even number of them the upper of the two.
func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// Seconds on a clock that never steps back.
func wallSeconds() -> Double { seconds(of: CLOCK_MONOTONIC) }

/// Seconds that all threads of this process have used.
func processorSeconds() -> Double { seconds(of: CLOCK_PROCESS_CPUTIME_ID) }

private func seconds(of clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// All of a file's bytes.
func contents(of path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw TCError(.io, "cannot open '\(path)'") }
    defer { close(descriptor) }
    var info = stat()
    fstat(descriptor, &info)
    let size = Int(info.st_size)
    return try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        while count < size {
            let got = read(descriptor, buffer.baseAddress! + count, size - count)
            guard got > 0 else { throw TCError(.io, "cannot read '\(path)'") }
            count += got
        }
    }
}

/// The argument at `index` as a whole number, or `fallback` where there is none.
func wholeNumber(_ arguments: [String], _ index: Int, _ fallback: Int) throws -> Int {
    guard arguments.count > index else { return fallback }
    guard let value = Int(arguments[index]), value > 0 else {
        throw TCError(.usage, "'\(arguments[index])' is not a whole number above 0")
    }
    return value
}
