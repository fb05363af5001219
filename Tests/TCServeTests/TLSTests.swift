import Glibc
import TCCore
import Testing

@testable import TCServe

/// TLS as openssl and curl, which know nothing of this server, see it.
@Suite(.serialized)
struct TLSTests {
    private let keys = Certificates()

    @discardableResult
    private func with(
        clientAuthority: Bool = false, _ body: (TestServer) async throws -> Void
    ) async throws -> String {
        try await TestServer.with(
            [SampleService.make()],
            settings: {
                $0.tls = TLSFiles(
                    certificate: keys.path("server.pem"), key: keys.path("server.key"),
                    clientAuthority: clientAuthority ? keys.path("ca.pem") : nil)
            }, body)
    }

    private func curl(_ server: TestServer, _ arguments: String) async -> String {
        await shell(
            "curl -sS -m 20 --cacert \(keys.path("ca.pem")) \(arguments) "
                + "-w ' %{http_version} %{http_code}' https://localhost:\(server.port)/v1/hello")
    }

    @Test func `both versions of HTTP are spoken over TLS 1.3 and over nothing older`() async throws
    {
        try await keys.make()
        try await with { server in
            #expect(await curl(server, "").hasPrefix("hello 2 200"))
            #expect(await curl(server, "--http1.1").hasPrefix("hello 1.1 200"))
            #expect(await curl(server, "--no-alpn").hasPrefix("hello 1.1 200"))
            for version in ["tls1_2", "tls1_1", "tls1"] {
                let text = await shell(
                    "openssl s_client -\(version) -cipher ALL:@SECLEVEL=0 "
                        + "-connect 127.0.0.1:\(server.port) </dev/null")
                #expect(!text.contains("status 0"), "\(version)")
                #expect(text.contains("alert") || text.contains("no protocols"), "\(text)")
            }
            let text = await shell(
                "openssl s_client -tls1_3 -connect 127.0.0.1:\(server.port) </dev/null")
            #expect(text.contains("TLSv1.3"))
            #expect(text.contains("status 0"))
        }
    }

    @Test func `requests over HTTP/2 meet the same limits and problems`() async throws {
        try await keys.make()
        let log = try await with { server in
            let large = "printf '{\"text\":\"%2000s\"}' x | "
            let text = await shell(
                large + "curl -sS -m 20 -i --cacert \(keys.path("ca.pem")) --data-binary @- "
                    + "-H 'content-type: application/json' "
                    + "https://localhost:\(server.port)/v1/echo")
            #expect(text.hasPrefix("HTTP/2 413"), "\(text)")
            #expect(!text.contains("\nconnection:"))
            #expect(text.contains("application/problem+json"))
            let many = await shell(
                "curl -sS -m 20 --cacert \(keys.path("ca.pem")) --parallel "
                    + "-w '\\n%{http_code}\\n' 'https://localhost:\(server.port)/v1/things/[1-50]'")
            #expect(many.split(separator: "\n").count { $0 == "200" } == 50, "\(many)")
        }
        #expect(log.contains(#""status":413"#))
    }

    @Test func `a client without a certificate of the authority is refused`() async throws {
        try await keys.make()
        try await with(clientAuthority: true) { server in
            let known = "--cert \(keys.path("client.pem")) --key \(keys.path("client.key"))"
            #expect(await curl(server, known).hasPrefix("hello 2 200"))
            #expect(await curl(server, "").contains("000"))
            let foreign = "--cert \(keys.path("foreign.pem")) --key \(keys.path("foreign.key"))"
            #expect(await curl(server, foreign).contains("000"))
        }
    }

    @Test func `a renewed certificate is shown after SIGHUP, a broken one is not`() async throws {
        try await keys.make()
        let log = try await with { server in
            func serial() async -> String {
                await shell(
                    "openssl s_client -connect 127.0.0.1:\(server.port) </dev/null 2>/dev/null "
                        + "| openssl x509 -noout -serial")
            }
            let before = await serial()
            await keys.renew()
            kill(getpid(), SIGHUP)
            // The signal is on its way when `kill` returns; it is seen when it has worked.
            var after = before
            for _ in 0..<200 where after == before { after = await serial() }
            #expect(after != before)
            #expect(after.hasPrefix("serial="))
        }
        #expect(log.contains("the certificate was read again"))
        let current = try CurrentCertificate(
            TLSFiles(certificate: keys.path("server.pem"), key: keys.path("server.key")))
        _ = await shell("echo nonsense >\(keys.path("server.pem"))")
        #expect { try current.reload() } throws: { "\($0)".contains(keys.path("server.pem")) }
        _ = current.context
    }

    @Test func `files that cannot be used are named before anything listens`() async throws {
        try await keys.make()
        for (certificate, key, word) in [
            ("absent.pem", "server.key", "absent.pem"), ("server.pem", "absent.key", "absent.key"),
            ("server.pem", "ca.pem", "ca.pem"), ("server.pem", "foreign.key", "belong together"),
        ] {
            #expect {
                try TLSFiles(certificate: keys.path(certificate), key: keys.path(key)).context()
            } throws: { error in
                (error as? TCError)?.kind == .configuration && "\(error)".contains(word)
            }
        }
    }

    @Test func `a handshake that does not come is not waited for`() async throws {
        try await keys.make()
        try await TestServer.with(
            [SampleService.make()],
            settings: {
                $0.tls = TLSFiles(
                    certificate: keys.path("server.pem"), key: keys.path("server.key"))
                $0.limits.headTime = .milliseconds(150)
            }
        ) { server in
            let silent = try Client(port: server.port)
            #expect(await silent.rest() == "")
            let plain = try Client(port: server.port)
            plain.send("GET /v1/hello HTTP/1.1\r\nhost: t\r\n\r\n")
            #expect(await plain.rest()?.contains("hello") != true)
        }
    }
}

/// Certificates that openssl has made, in a folder that goes away with the test.
private final class Certificates: Sendable {
    private let folder: String

    init() {
        var template = Array("/tmp/tc-keys-XXXXXX".utf8CString)
        folder = template.withUnsafeMutableBufferPointer {
            String(cString: mkdtemp($0.baseAddress!))
        }
    }

    deinit { system("rm -rf '\(folder)'") }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// An authority, a server and a client that it has signed, and a stranger.
    func make() async throws {
        let text = await shell(
            """
            set -e
            cd '\(folder)'
            new='openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2'
            $new -x509 -subj /CN=authority -keyout ca.key -out ca.pem
            $new -x509 -subj /CN=stranger -keyout foreign.key -out foreign.pem
            echo subjectAltName=DNS:localhost >names
            for name in server client; do
                $new -subj /CN=$name -keyout $name.key -out $name.csr
                openssl x509 -req -in $name.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 \
                    -extfile names -out $name.pem
            done
            """)
        try #require(text.hasSuffix("status 0\n"), "\(text)")
    }

    /// The server's certificate anew, with another serial number.
    func renew() async {
        _ = await shell(
            "cd '\(folder)' && openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key "
                + "-CAcreateserial -days 2 -extfile names -out server.new && mv server.new server.pem"
        )
    }
}
