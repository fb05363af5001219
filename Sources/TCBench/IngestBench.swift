import Glibc
import TCCore
import TCTelemetry

/// `TCBench ingest [parse|sort|encode] FILE [WORKERS [BATCH [CHUNK]]]`: the parts of an ingest up to
/// the one named, five times, each as a JSON line with nanoseconds a line for each part.
func benchIngest(_ arguments: [String]) throws {
    guard arguments.count >= 2, let part = IngestParts.Part(rawValue: arguments[0]) else {
        throw TCError(
            .usage, "usage: TCBench ingest parse|sort|encode FILE [WORKERS [BATCH [CHUNK]]]")
    }
    let path = arguments[1]
    var options = IngestOptions()
    options.maxDelay = nil
    options.workers = arguments.count > 2 ? Int(arguments[2])! : Workers.processorCount
    if arguments.count > 3 { options.batchRows = Int(arguments[3])! }
    if arguments.count > 4 { options.chunkBytes = Int(arguments[4])! }
    let input = IngestInput(name: path) {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { throw TCError(.io, "cannot open '\(path)'") }
        return descriptor
    }
    let uptime: @Sendable () -> Double = {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    for _ in 0..<5 {
        // RUSAGE_SELF is 0; its two imports disagree on its type.
        var before = rusage()
        getrusage(0, &before)
        let began = uptime()
        let figures = try IngestParts.run(input, upTo: part, options: options, uptime: uptime)
        let seconds = uptime() - began
        var usage = rusage()
        getrusage(0, &usage)
        func cpu(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        let spent =
            cpu(usage.ru_utime) + cpu(usage.ru_stime) - cpu(before.ru_utime) - cpu(before.ru_stime)
        func perLine(_ seconds: Double) -> Int { Int(seconds * 1e9 / Double(figures.lines)) }
        print(
            "{\"part\":\"\(part.rawValue)\",\"workers\":\(options.workers),"
                + "\"lines\":\(figures.lines),\"batches\":\(figures.batches),"
                + "\"seconds\":\(seconds),\"lines_per_s\":\(Int(Double(figures.lines) / seconds)),"
                + "\"cpu_ns_per_line\":\(perLine(spent)),"
                + "\"parse_ns\":\(perLine(figures.parseSeconds)),"
                + "\"sort_ns\":\(perLine(figures.sortSeconds)),"
                + "\"encode_ns\":\(perLine(figures.encodeSeconds)),"
                + "\"bytes_per_line\":\(Double(figures.encodedBytes) / Double(figures.lines)),"
                + "\"rss_mib\":\(usage.ru_maxrss / 1024)}")
    }
}
