import Glibc
import TCCore
import TCEngines
import Testing

@testable import TCAuth

/// An OpenID provider in another process, on loopback, and a browser that signs in there.
final class IdentityProvider {
    let issuer: String
    let http = HTTPClientEngine()
    private let child: pid_t
    private let standardInput: Int32
    private var hasEnded = false

    /// Returns when the provider listens.
    init() async throws {
        // A socket for its input, which ends it, and one for its output, which says where it listens.
        var input: [Int32] = [0, 0]
        var output: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        try #require(socketpair(AF_UNIX, kind, 0, &input) == 0)
        try #require(socketpair(AF_UNIX, kind, 0, &output) == 0)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input[1], 0)
        posix_spawn_file_actions_adddup2(&actions, output[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        child = try Peer.start(
            [String(cString: getenv("TC_PYTHON")), "-B", "Tests/Support/openid_provider.py"],
            actions: &actions)
        close(input[1])
        close(output[1])
        standardInput = input[0]
        // Up to the end of the line, or the provider would find nobody listening to the rest of it.
        var port: [UInt8] = []
        var byte: UInt8 = 0
        while read(output[0], &byte, 1) == 1, byte != UInt8(ascii: "\n") { port.append(byte) }
        close(output[0])
        issuer = "http://127.0.0.1:\(String(decoding: port, as: UTF8.self))"
        try #require(
            !port.isEmpty, "the provider did not start; see Tests/Support/requirements.txt")
    }

    /// Ends the provider.
    func end() {
        if hasEnded { return }
        hasEnded = true
        close(standardInput)
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    }

    /// Ends the provider and the browser.
    func stop() async {
        end()
        await http.close()
    }

    /// What the provider redirects to when a user agrees at `url`: the fields of the callback.
    func signIn(_ user: String, at url: String) async throws -> SignInCallback {
        let answer = try await post(url, Array("sub=\(user)".utf8), type: "x-www-form-urlencoded")
        let location = answer.headers.first { $0.name.lowercased() == "location" }?.value ?? ""
        let query = location.split(separator: "?", maxSplits: 1).last ?? ""
        return try SignInCallback(
            query: query.split(separator: "&").map { field in
                let parts = field.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (String(parts[0]), String(parts.last ?? ""))
            })
    }

    /// Has the provider sign these claims of a user.
    func setClaims(_ json: String, of user: String) async throws {
        _ = try await post("\(issuer)/claims/\(user)", Array(json.utf8), type: "json")
    }

    /// Has the provider sign with a new key from now on.
    func rotateKey() async throws { _ = try await post("\(issuer)/rotate", [], type: "json") }

    private func post(_ url: String, _ body: [UInt8], type: String) async throws -> OutboundAnswer {
        let request = OutboundRequest(
            .post, try WebAddress(url, allowsLoopbackHTTP: true),
            headers: [("Content-Type", "application/\(type)")], body: body)
        let answer = try await http.send(request)
        try #require(answer.status < 400, "\(String(decoding: answer.body, as: UTF8.self))")
        return answer
    }
}
