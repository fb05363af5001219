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
        async let bare: Void = serveBare(answer) { ports.set(bare: $0) }
        async let ours: Void = serveOurs(ports)
        _ = try await (bare, ours)
    }
    defer { servers.cancel() }
    let (ours, bare) = ports.wait()
    let script = "/tmp/tc-bench-\(getpid()).lua"
    try writeFile(
        "wrk.method='POST' wrk.body='{\"token\":\"abcdefghijklmnopqrstuvwxyz\"}' "
            + "wrk.headers['Content-Type']='application/json'", to: script)
    defer { unlink(script) }
    for method in ["GET", "POST"] {
        let turn = try middleTurn(
            ours: "http://127.0.0.1:\(ours)/v1/thing", bare: "http://127.0.0.1:\(bare)/v1/thing",
            options: method == "POST" ? "-s \(script)" : "", seconds: seconds,
            connections: connections)
        print(
            "{\"part\":\"web\",\"method\":\"\(method)\",\"connections\":\(connections),"
                + Load.members(turn) + "}")
    }
}

private let answer = "{\"active\":true,\"user_id\":\"usr_0190a5c4\",\"role\":\"driver\"}"

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
