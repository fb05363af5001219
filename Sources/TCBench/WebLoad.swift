import Dispatch
import Glibc
import Hummingbird
import Synchronization
import TCCore

/// Where the two servers listen, once they do.
final class Ports: Sendable {
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

/// What `wrk` measured.
struct Load {
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

func writeFile(_ text: String, to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { throw TCError(.io, "cannot write '\(path)'") }
    defer { close(descriptor) }
    var text = text
    text.withUTF8 { _ = Glibc.write(descriptor, $0.baseAddress, $0.count) }
}

/// Serves `answer` by a bare Hummingbird route that looks at nothing, for GET and POST of `/v1/thing`.
func serveBare(_ answer: String, _ onPort: @escaping @Sendable (Int?) -> Void) async throws {
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
        onServerRunning: { channel in onPort(channel.localAddress?.port) })
    try await application.run()
}

/// Runs wrk on two addresses in turns, five times each, and gives the turn with the middle ratio.
func middleTurn(
    ours: String, bare: String, options: String, seconds: Int, connections: Int
) throws -> (ours: Load, bare: Load) {
    var turns: [(ours: Load, bare: Load)] = []
    for _ in 0..<5 {
        let load = { (address: String) in
            try Load(
                "wrk -t1 -c\(connections) -d\(seconds)s --latency \(options) \(address)",
                seconds: seconds)
        }
        turns.append((try load(ours), try load(bare)))
    }
    return turns.sorted { $0.ours.rate / $0.bare.rate < $1.ours.rate / $1.bare.rate }[2]
}

extension Load {
    /// What two loads say, as members of a JSON object.
    static func members(_ turn: (ours: Load, bare: Load)) -> String {
        "\"requests_per_s\":\(Int(turn.ours.rate)),\"bare_requests_per_s\":\(Int(turn.bare.rate)),"
            + "\"ratio\":\((turn.ours.rate / turn.bare.rate * 100).rounded() / 100),"
            + "\"p99_ms\":\(turn.ours.p99),\"bare_p99_ms\":\(turn.bare.p99),"
            + "\"cpu_us\":\(turn.ours.processor),\"bare_cpu_us\":\(turn.bare.processor)"
    }
}
