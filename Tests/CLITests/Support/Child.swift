import Glibc

/// One run of a program: what it was given and how it ended.
struct Child {
    let status: Int32
    let stdout: [UInt8]
    let stderr: [UInt8]

    var stdoutText: String { String(decoding: stdout, as: UTF8.self) }
    var stderrText: String { String(decoding: stderr, as: UTF8.self) }

    /// What `timeout` ends with when it had to kill.
    static let timedOut: Int32 = 124

    /// Runs `arguments` (a program looked up in `environment`'s PATH and its arguments) in `folder`,
    /// at most `seconds`, then kills its process group.
    ///
    /// Output goes to files rather than pipes, so that a child that writes much never waits for us.
    static func run(
        _ arguments: [String], in folder: String, environment: [String: String],
        stdin: [UInt8] = [], seconds: Int = 60
    ) -> Child {
        let scratch = Files.temporaryFolder()
        defer { Files.remove(scratch) }
        Files.write(stdin, to: "\(scratch)/stdin")

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let create = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 0, "\(scratch)/stdin", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "\(scratch)/stdout", create, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, "\(scratch)/stderr", create, 0o600)

        // The test process may ignore signals (SIGPIPE for one) that a child must see.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var all = sigset_t()
        sigfillset(&all)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        // `env -C` changes the folder: Glibc's spawn action for that is hidden from Swift.
        let words = ["env", "-C", folder, "timeout", "-k", "5", "\(seconds)"] + arguments
        var pid = pid_t()
        let failure = withStrings(words) { arguments in
            withStrings(environment.map { "\($0.key)=\($0.value)" }) { environment in
                posix_spawn(&pid, "/usr/bin/env", &actions, &attributes, arguments, environment)
            }
        }
        precondition(
            failure == 0, "cannot start \(arguments): \(String(cString: strerror(failure)))")
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 {
            precondition(errno == EINTR, "lost the child \(arguments)")
        }
        // As a shell tells it: 128 and the signal's number for a child that was killed.
        let signal = status & 0x7f
        return Child(
            status: signal == 0 ? status >> 8 & 0xff : 128 + signal,
            stdout: Files.read("\(scratch)/stdout") ?? [],
            stderr: Files.read("\(scratch)/stderr") ?? [])
    }

    /// Calls `body` with a null-terminated array of C strings.
    private static func withStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) } + [nil]
        defer { for copy in copies { free(copy) } }
        return body(copies)
    }
}
