import Glibc
import Testing

/// Programs of others that have the last word. `TC_PYTHON` names a Python with the packages of
/// Tests/Support/requirements.txt; the suite `identity` sets it and installs the rest, and without it
/// the tests that need them are skipped.
enum Peer {
    static var isThere: Bool { getenv("TC_PYTHON") != nil }
    static let absent: Comment = "set TC_PYTHON to a Python with zxing-cpp and oidc-provider-mock"

    /// What a script prints, line by line; its failure fails the test.
    static func python(_ script: String, _ arguments: [String] = []) throws -> [String] {
        try run([String(cString: getenv("TC_PYTHON")), "-c", script] + arguments)
    }

    /// What a program that PATH finds prints, line by line; a status other than 0 fails the test.
    static func run(_ words: [String]) throws -> [String] {
        // A pair of sockets and no pipe, which cannot be made close-on-exec in one step here: children
        // of other tests would keep it open.
        var ends: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
        defer { close(ends[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        let child = try start(words, actions: &actions)
        close(ends[1])
        let output = readAll(ends[0])
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        try #require(status == 0, "\(words[0]) failed; its message is on standard error")
        return output.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Starts a program that PATH finds; the caller waits for it.
    static func start(
        _ words: [String], actions: inout posix_spawn_file_actions_t
    ) throws -> pid_t {
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child = pid_t()
        let failure = posix_spawnp(&child, words[0], &actions, nil, &arguments, environ)
        let reason = String(cString: strerror(failure))
        try #require(failure == 0, "cannot start \(words[0]): \(reason)")
        return child
    }

    private static func readAll(_ descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count > 0 { bytes += chunk[..<count] } else if count == 0 || errno != EINTR { break }
        }
        return bytes
    }
}

/// A folder that is removed with the test that made it.
final class Scratch: Sendable {
    let path: String

    init() {
        var template = Array("/tmp/tc-auth-XXXXXX".utf8CString)
        path = mkdtemp(&template).map { String(cString: $0) } ?? ""
        precondition(!path.isEmpty, "no temporary folder: \(String(cString: strerror(errno)))")
    }

    deinit {
        for name in names { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    /// The path of a new file with these bytes.
    @discardableResult
    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        let file = "\(path)/\(name)"
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        try #require(write(descriptor, bytes, bytes.count) == bytes.count)
        return file
    }

    private var names: [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) {
                    names.append(String(cString: $0))
                }
            }
        }
        return names
    }
}

/// The bytes of a file.
func contents(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = read(descriptor, &chunk, chunk.count), count > 0 {
        bytes += chunk[..<count]
    }
    return bytes
}
