import Glibc
import TCCore
import Testing

/// A Redis Cluster on loopback: three masters with a replica each.
///
/// A process that waits for the end of this one ends the servers and removes their folder, so that
/// nothing stays behind however a run ends.
final class RedisClusterServers: @unchecked Sendable {
    // Not changed after the initialiser but by the one test that uses a cluster of its own.
    let nodes: [RedisServer]
    private let password: String?
    private let guardEnd: Int32

    static let isInstalled =
        RedisServer.isInstalled
        && ["/usr/bin", "/usr/local/bin"].contains { access("\($0)/redis-cli", X_OK) == 0 }

    /// The one that contract tests share, started when the first of them needs it.
    static let shared = Result { try RedisClusterServers() }

    /// - Parameter nodeTimeout: after how many milliseconds without an answer a node counts as lost.
    init(nodeTimeout: Int = 15_000, password: String? = nil) throws {
        self.password = password
        let folder = try runCommand(["mktemp", "-d"]).trimmingLine
        nodes = try (0..<6).map { number in
            try RedisServer(
                [
                    "--cluster-enabled", "yes", "--cluster-port", "\(RedisServer.freePort())",
                    "--cluster-config-file", "\(folder)/nodes-\(number).conf", "--dir", folder,
                    "--cluster-node-timeout", "\(nodeTimeout)", "--repl-diskless-sync-delay", "0",
                ] + (password.map { ["--requirepass", $0, "--masterauth", $0] } ?? []))
        }
        let processes = nodes.map { "\($0.process)" }.joined(separator: " ")
        guardEnd = try RedisClusterServers.startGuard(
            "read -r line; kill -9 \(processes) 2>/dev/null; rm -rf '\(folder)'")
        try runCommand(
            ["redis-cli"] + credentials + ["--cluster", "create"]
                + nodes.map { "127.0.0.1:\($0.port)" }
                + ["--cluster-replicas", "1", "--cluster-yes"])
        // The nodes agree before each of them says so.
        for node in nodes {
            while try !cli(node, "CLUSTER", "INFO").contains("cluster_state:ok") {}
        }
    }

    deinit {
        for node in nodes { node.stop() }
        close(guardEnd)
    }

    private var credentials: [String] { password.map { ["--no-auth-warning", "-a", $0] } ?? [] }

    /// A URL that names the first `count` nodes.
    func url(_ credentials: String = "", count: Int = 6) -> String {
        "redis-cluster://\(credentials)"
            + nodes.prefix(count).map { "127.0.0.1:\($0.port)" }.joined(separator: ",")
    }

    /// What a node answers to a command.
    @discardableResult
    func cli(_ node: RedisServer, _ words: String...) throws -> String {
        try runCommand(["redis-cli"] + credentials + ["-p", "\(node.port)"] + words).trimmingLine
    }

    /// The node that has `slot`, as `node` sees it.
    func owner(of slot: Int, askedAt node: RedisServer) throws -> RedisServer {
        for line in try cli(node, "CLUSTER", "NODES").split(separator: "\n") {
            let words = line.split(separator: " ")
            let owns = words.dropFirst(8).contains { range in
                let ends = range.split(separator: "-").compactMap { Int($0) }
                return ends.first.map { $0 <= slot && slot <= ends.last! } == true
            }
            guard owns, !words[2].contains("fail") else { continue }
            // 127.0.0.1:7000@17000
            let port = words[1].split(separator: "@")[0].split(separator: ":").last
            return try #require(nodes.first { "\($0.port)" == port.map(String.init) })
        }
        throw TCError(.unavailable, "no node has slot \(slot)")
    }

    func id(of node: RedisServer) throws -> String { try cli(node, "CLUSTER", "MYID") }

    /// Waits for its standard input to end, which it does with this process.
    private static func startGuard(_ script: String) throws -> Int32 {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
        // Not ended by an interrupt of the run, which it is to outlive.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        var process: pid_t = 0
        let words = ["bash", "-c", closingInherited + script]
        var argv = words.map { strdup($0) } + [nil]
        defer { for word in argv { free(word) } }
        try #require(posix_spawnp(&process, "bash", &actions, &attributes, &argv, environ) == 0)
        close(ends[0])
        return ends[1]
    }
}

/// Runs a command to its end and gives what it prints; its failure is an error.
@discardableResult
func runCommand(_ words: [String]) throws -> String {
    let quoted = words.map { "'\($0)'" }.joined(separator: " ")
    guard let output = popen("\(quoted) </dev/null 2>&1", "r") else {
        throw TCError(.io, "cannot run \(words[0])")
    }
    var bytes: [UInt8] = []
    var byte = fgetc(output)
    while byte != EOF {
        bytes.append(UInt8(byte))
        byte = fgetc(output)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard pclose(output) == 0 else { throw TCError(.io, "\(words[0]) failed: \(text)") }
    return text
}

extension String {
    /// Without the end of its last line.
    var trimmingLine: String { hasSuffix("\n") ? String(dropLast()) : self }
}
