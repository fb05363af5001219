import Glibc
import TCCore
import Testing

/// A PostgreSQL server of one test's own, to be paused and killed.
final class TestServer: Sendable {
    let url: String
    private let folder: String

    init() throws {
        folder = temporaryFolder()
        url = try TestServer.shell("start_postgres \(folder) && printf %s \"$TC_TEST_POSTGRES\"")
    }

    deinit {
        do {
            try TestServer.shell("stop_postgres \(folder)")
        } catch {
            Issue.record(error)
        }
    }

    /// Starts it again, on the port that it had.
    func start() throws { try TestServer.shell("start_postgres \(folder)") }
    func crash() throws { try TestServer.shell("crash_postgres \(folder)") }
    func pause() throws { try TestServer.shell("signal_postgres \(folder) STOP") }
    func resume() throws { try TestServer.shell("signal_postgres \(folder) CONT") }

    /// Runs a function of `Tests/Support/postgres.sh` and gives what it prints.
    @discardableResult
    static func shell(_ command: String) throws -> String {
        // A server that starts must not hold the pipe that this reads to its end.
        let script =
            "bash -c 'for file in /proc/self/fd/*; do file=${file##*/}; "
            + "[ $file -le 2 ] || eval \"exec $file>&-\"; done; "
            + ". Tests/Support/setup.sh && . Tests/Support/postgres.sh && "
            + "\(command)' </dev/null"
        guard let output = popen(script, "r") else { throw TCError(.io, "cannot run bash") }
        var text = ""
        var buffer = [CChar](repeating: 0, count: 1024)
        while fgets(&buffer, 1024, output) != nil {
            text += String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
        }
        guard pclose(output) == 0 else { throw TCError(.io, "failed: \(command)") }
        return text
    }
}

/// `TCBench database acknowledge`: a process that writes numbers and prints those that are committed.
final class AcknowledgingProcess {
    private let process: pid_t
    private let output: UnsafeMutablePointer<FILE>
    private var isOver = false

    /// - Parameter url: a database that has a table `acknowledged (n BIGINT)`.
    init(_ url: String) throws {
        // Beside the program that runs the tests.
        var own = [CChar](repeating: 0, count: 4096)
        try #require(readlink("/proc/self/exe", &own, 4095) > 0)
        let program = String(decoding: own.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
            .split(separator: "/").dropLast().joined(separator: "/")
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        let path = "/\(program)/TCBench"
        var arguments: [UnsafeMutablePointer<CChar>?] = []
        for argument in [path, "database", "acknowledge", url] {
            arguments.append(strdup(argument))
        }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        var child: pid_t = 0
        let status = posix_spawn(&child, path, &actions, nil, arguments, environ)
        close(ends[1])
        try #require(
            status == 0, "cannot start \(path)")
        process = child
        output = try #require(fdopen(ends[0], "r"))
    }

    deinit {
        kill()
        fclose(output)
    }

    /// The numbers that were acknowledged, until `count` of them are there or the process has ended.
    func numbers(_ count: Int) -> [Int64] {
        var numbers: [Int64] = []
        var buffer = [CChar](repeating: 0, count: 64)
        while numbers.count < count, fgets(&buffer, 64, output) != nil {
            let line = buffer.prefix { $0 != 0 }.map(UInt8.init)
            // A line that the kill cut short was not told.
            guard line.last == 10 else { break }
            if let number = Int64(String(decoding: line.dropLast(), as: UTF8.self)) {
                numbers.append(number)
            }
        }
        return numbers
    }

    /// Ends it by SIGKILL, and waits until it is gone.
    func kill() {
        guard !isOver else { return }
        isOver = true
        Glibc.kill(process, SIGKILL)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }
}
