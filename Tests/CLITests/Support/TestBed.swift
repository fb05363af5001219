import Glibc

/// The binary under test and a clean place to run it in.
final class TestBed: Sendable {
    /// The package's folder.
    static let root: String = {
        // Three steps up from Tests/CLITests/Support/TestBed.swift.
        var path = #filePath[...]
        for _ in 0..<4 { path = path[..<(path.lastIndex(of: "/") ?? path.startIndex)] }
        return String(path)
    }()

    /// `TC_BINARY`, else the one that was built together with these tests.
    static let binary: String = {
        if let path = getenv("TC_BINARY") {
            let text = String(cString: path)
            return text.hasPrefix("/") ? text : "\(root)/\(text)"
        }
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let executable = String(decoding: buffer[..<max(0, count)].map(UInt8.init), as: UTF8.self)
        let beside = executable[..<(executable.lastIndex(of: "/") ?? executable.startIndex)] + "/tc"
        return Files.exists(String(beside)) ? String(beside) : "\(root)/.build/debug/tc"
    }()

    private let scratch: String
    /// The empty working folder, also `HOME`.
    let folder: String
    /// Nothing of the caller's environment gets in, except its PATH where `tools` asks for it.
    let environment: [String: String]

    /// With `tools` the caller's PATH follows the binary under test; without, only the system's.
    init(tools: Bool = false) {
        scratch = Files.temporaryFolder()
        folder = "\(scratch)/work"
        mkdir(folder, 0o777)
        mkdir("\(scratch)/bin", 0o777)
        precondition(Files.exists(TestBed.binary), "no tc at \(TestBed.binary): build it first")
        symlink(TestBed.binary, "\(scratch)/bin/tc")
        let system = "/usr/local/bin:/usr/bin:/bin"
        let path = tools ? getenv("PATH").map { String(cString: $0) } ?? system : system
        environment = [
            "PATH": "\(scratch)/bin:\(path)", "HOME": folder, "TZ": "UTC", "LC_ALL": "C.UTF-8",
            "ROOT": TestBed.root,
        ]
    }

    deinit { Files.remove(scratch) }

    /// Runs `tc` with these arguments.
    func tc(
        _ arguments: String..., stdin: String = "", extra: [String: String] = [:]
    ) -> Child {
        Child.run(
            ["tc"] + arguments, in: folder, environment: environment.merging(extra) { $1 },
            stdin: Array(stdin.utf8))
    }

    /// Runs a shell script given as text, which ends at its first failure.
    func sh(_ script: String, stdin: [UInt8] = [], seconds: Int = 60) -> Child {
        Child.run(
            ["sh", "-e", "-c", script], in: folder, environment: environment, stdin: stdin,
            seconds: seconds)
    }
}
