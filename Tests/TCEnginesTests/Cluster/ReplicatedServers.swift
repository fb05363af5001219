import TCCore
import TCStore
import Testing

@testable import TCEngines

/// A PostgreSQL primary and its streaming standbys, of one test's own: to be promoted, paused and
/// killed. They are numbered from 0, which is the primary at first.
final class ReplicatedServers: Sendable {
    private let folder: String
    /// Where each listens.
    let ports: [String]
    private static let login = "tc:secret-of-tests"

    /// - Parameter standbys: how many; each is a copy that follows the primary.
    init(standbys: Int = 2) throws {
        let folder = temporaryFolder()
        self.folder = folder
        // Servers run as another user.
        try TestServer.shell("chmod 711 \(folder)")
        var ports: [String] = []
        for number in 0...standbys {
            let start = "start_postgres \(folder)/\(number) && cat \(folder)/\(number)/port"
            if number > 0 { try ReplicatedServers.copy("\(folder)/\(number)", of: ports[0]) }
            ports.append(try TestServer.shell(start))
        }
        self.ports = ports
    }

    deinit {
        do {
            for number in ports.indices {
                // A process that is stopped hears nothing else.
                _ = try? TestServer.shell("signal_postgres \(self[number]) CONT")
                try TestServer.shell("stop_postgres \(self[number])")
            }
            try TestServer.shell("rmdir \(folder)")
        } catch {
            Issue.record(error)
        }
    }

    private subscript(_ number: Int) -> String { "\(folder)/\(number)" }

    /// Of all of them, the one that is numbered 0 first.
    var url: String {
        let replicas = ports.dropFirst().map { "127.0.0.1:\($0)" }.joined(separator: ",")
        return "\(url(0))?replicas=\(replicas)"
    }

    /// Of one alone.
    func url(_ number: Int) -> String {
        "postgres://\(ReplicatedServers.login)@127.0.0.1:\(ports[number])/postgres"
    }

    /// As the cluster calls it.
    func name(_ number: Int) -> String { "127.0.0.1:\(ports[number])" }

    func open(_ change: (inout DatabaseOptions) -> Void = { _ in }) throws -> any DatabaseCluster {
        var options = DatabaseOptions()
        // On a machine that has much else to do.
        options.waitLimit = .seconds(60)
        change(&options)
        return try openCluster(url: url, seams: .machine, options: options)
    }

    // MARK: What is done to them

    /// Every process of a server ends at once, as in a power cut of its own.
    ///
    /// Where nobody collects what a process leaves behind, as in many containers, the next start would
    /// take the old process for alive.
    func kill(_ number: Int) throws {
        try TestServer.shell(
            "signal_postgres \(self[number]) KILL && rm -f \(self[number])/data/postmaster.pid")
    }

    func pause(_ number: Int) throws {
        try TestServer.shell("signal_postgres \(self[number]) STOP")
    }

    func resume(_ number: Int) throws {
        try TestServer.shell("signal_postgres \(self[number]) CONT")
    }

    /// Starts a server again as what it was.
    func start(_ number: Int) throws { try TestServer.shell("start_postgres \(self[number])") }

    /// Returns when the standby takes writes.
    func promote(_ number: Int) throws { try control(number, "-w promote") }

    /// Has a standby follow another primary than before.
    func follow(_ number: Int, primary: Int) throws {
        let place = ReplicatedServers.conninfo(ports[primary])
        try TestServer.shell(
            // Octal for the quotes, which the shell around it would take for its own.
            "printf \"primary_conninfo = \\047\(place)\\047\\n\" "
                + ">>\(self[number])/data/postgresql.auto.conf")
        try control(number, "reload")
    }

    /// Makes a server that is down a standby, from a new copy.
    func rebuild(_ number: Int, primary: Int) throws {
        try TestServer.shell("mv \(self[number])/port \(folder)/port && rm -rf \(self[number])")
        try ReplicatedServers.copy(self[number], of: ports[primary])
        try TestServer.shell("mv \(folder)/port \(self[number])/port")
        try start(number)
    }

    private func control(_ number: Int, _ what: String) throws {
        try TestServer.shell(
            "cd / && as_postgres $postgres_bin/pg_ctl -D \(self[number])/data \(what) "
                + ">/dev/null")
    }

    private static func conninfo(_ port: String) -> String {
        "host=127.0.0.1 port=\(port) user=tc password=secret-of-tests"
    }

    private static func copy(_ folder: String, of port: String) throws {
        try TestServer.shell(
            "mkdir -p \(folder) && if [ $(id -u) = 0 ]; then chown postgres \(folder); fi && cd / && "
                + "as_postgres $postgres_bin/pg_basebackup -D \(folder)/data -R -c fast --no-sync "
                + "-d \"\(conninfo(port))\"")
    }
}
