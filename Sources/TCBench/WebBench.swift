import Dispatch
import Glibc
import Hummingbird
import Synchronization
import TCCore
import TCServe
import TCWire

/// Requests a second of a route of ours beside a bare Hummingbird route that answers the same bytes,
/// in turns, under the same load: `wrk` (Debian's) on the same machine.
///
/// GET answers at once; POST takes a JSON object, which ours checks and the bare route only collects.
func benchWeb(_ arguments: [String]) throws {
    let seconds = try wholeNumber(arguments, 0, 5)
    let connections = try wholeNumber(arguments, 1, 64)
    let ports = Ports()
    // It runs until the process ends, which this function's caller lets it do.
    let servers = Task {
        async let bare: Void = serveBare(ports)
        async let ours: Void = serveOurs(ports)
        _ = try await (bare, ours)
    }
    defer { servers.cancel() }
    let (ours, bare) = ports.wait()
    let script = "/tmp/tc-bench-\(getpid()).lua"
    try write(
        "wrk.method='POST' wrk.body='{\"token\":\"abcdefghijklmnopqrstuvwxyz\"}' "
            + "wrk.headers['Content-Type']='application/json'", to: script)
    defer { unlink(script) }
    for method in ["GET", "POST"] {
        var rates: [(ours: Load, bare: Load)] = []
        for _ in 0..<5 {
            let load = { (port: Int) in
                try Load(
                    "wrk -t1 -c\(connections) -d\(seconds)s --latency "
                        + (method == "POST" ? "-s \(script) " : "")
                        + "http://127.0.0.1:\(port)/v1/thing", seconds: seconds)
            }
            rates.append((try load(ours), try load(bare)))
        }
        let middle = rates.sorted { $0.ours.rate / $0.bare.rate < $1.ours.rate / $1.bare.rate }[2]
        print(
            "{\"part\":\"web\",\"method\":\"\(method)\",\"connections\":\(connections),"
                + "\"requests_per_s\":\(Int(middle.ours.rate)),"
                + "\"bare_requests_per_s\":\(Int(middle.bare.rate)),"
                + "\"ratio\":\((middle.ours.rate / middle.bare.rate * 100).rounded() / 100),"
                + "\"p99_ms\":\(middle.ours.p99),\"bare_p99_ms\":\(middle.bare.p99),"
                + "\"cpu_us\":\(middle.ours.processor),\"bare_cpu_us\":\(middle.bare.processor)}")
    }
}

private let answer = "{\"active\":true,\"user_id\":\"usr_0190a5c4\",\"role\":\"driver\"}"

/// Where the two servers listen, once they do.
private final class Ports: Sendable {
    private let found = Mutex<(ours: Int?, bare: Int?)>((nil, nil))
    private let both = DispatchSemaphore(value: 0)

    func set(ours: Int? = nil, bare: Int? = nil) {
        found.withLock { $0 = (ours ?? $0.ours, bare ?? $0.bare) }
        both.signal()
    }

    func wait() -> (ours: Int, bare: Int) {
        both.wait()
        both.wait()
        let ports = found.withLock { $0 }
        return (ports.ours ?? 0, ports.bare ?? 0)
    }
}

private func serveOurs(_ ports: Ports) async throws {
    let answers: [Int: RouteAnswer] = [200: .text("application/json", "the thing")]
    let handler: Route.Handler = { _ in .text(answer, "application/json") }
    let service = WebService(
        "bench",
        routes: [
            Route(
                .get, "/v1/thing", "A thing", access: .public, answers: answers, handler: handler),
            Route(
                .post, "/v1/thing", "A thing",
                body: RecordSchema("a token", [.required("token", .text(1...4096), "it")]),
                access: .public, answers: answers, handler: handler),
        ])
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let start = Int64(now.tv_sec) * 1000
    let seams = Seams(
        now: { Instant(milliseconds: start + Int64(wallSeconds() * 1000)) }, uptime: wallSeconds,
        random: { UInt64.random(in: 0...UInt64.max) })
    let nowhere = open("/dev/null", O_WRONLY)
    let log = try ServerLog(descriptor: nowhere, now: seams.now)
    let settings = WebServerSettings(
        listen: [try ListenAddress("127.0.0.1:0")], version: "0")
    try await WebServer([service], settings, metrics: Metrics(), log: log, seams: seams)
        .run { addresses in
            ports.set(ours: addresses[0].split(separator: ":").last.flatMap { Int($0) })
        }
}

private func serveBare(_ ports: Ports) async throws {
    let router = Router()
    let bytes = ByteBuffer(string: answer)
    router.get("v1/thing") { _, _ in
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: bytes))
    }
    router.post("v1/thing") { request, _ in
        _ = try await request.body.collect(upTo: 1 << 16)
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: bytes))
    }
    let application = Application(
        router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
        onServerRunning: { channel in ports.set(bare: channel.localAddress?.port) })
    try await application.run()
}

/// What `wrk` measured.
private struct Load {
    let rate: Double
    let p99: Double
    /// Microseconds of processor time that the server, this process, used for a request.
    let processor: Double

    init(_ command: String, seconds: Int) throws {
        let used = processorSeconds()
        guard let output = popen(command, "r") else {
            throw TCError(.unavailable, "cannot start wrk", hint: "apt-get install wrk")
        }
        defer { pclose(output) }
        var rate = 0.0
        var p99 = 0.0
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), output) != nil {
            let text = String(
                decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let words = text.split { $0 == " " || $0 == "\n" }
            guard words.count >= 2 else { continue }
            if words[0] == "Requests/sec:" { rate = Double(words[1]) ?? 0 }
            if words[0] == "99%" { p99 = Load.milliseconds(words[1]) }
            if text.contains("Non-2xx") { throw TCError(.bug, "the server refused: \(text)") }
        }
        guard rate > 0 else {
            throw TCError(.unavailable, "wrk has measured nothing", hint: "apt-get install wrk")
        }
        (self.rate, self.p99) = (rate, p99)
        processor =
            ((processorSeconds() - used) * 1e7 / (rate * Double(seconds))).rounded() / 10
    }

    /// `893.00us`, `5.30ms`, `1.02s`
    private static func milliseconds(_ text: Substring) -> Double {
        let number = Double(text.prefix { $0.isNumber || $0 == "." }) ?? 0
        return text.hasSuffix("us") ? number / 1000 : text.hasSuffix("ms") ? number : number * 1000
    }
}

private func write(_ text: String, to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { throw TCError(.io, "cannot write '\(path)'") }
    defer { close(descriptor) }
    var text = text
    text.withUTF8 { _ = Glibc.write(descriptor, $0.baseAddress, $0.count) }
}
