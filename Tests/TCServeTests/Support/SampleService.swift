import TCCore
import TCStore
import TCWire

@testable import TCServe

/// A service with a route of every kind, for tests of what the server does around them.
enum SampleService {
    /// The word that must never be seen outside the body that it came in.
    static let secret = "correct-horse-battery"

    static func make(
        checks: [HealthCheck] = [], work: [BackgroundWork] = [],
        authenticator: any Authenticator = Tokens(), rateLimit: RequestLimit? = nil,
        more: [Route] = [], close: @escaping @Sendable () async -> Void = {}
    ) -> WebService {
        WebService(
            "sample", routes: routes + more, checks: checks, work: work,
            authenticator: authenticator, rateLimit: rateLimit, close: close)
    }

    private static let echoed = RecordSchema(
        "what was said", [.optional("text", .string, "as it came")], allowsOthers: true)

    private static let routes = [
        Route(
            .get, "/v1/hello", "Say hello", access: .public,
            answers: [200: .text("text/plain", "hello")]
        ) { _ in .text("hello", "text/plain") },
        Route(
            .post, "/v1/echo", "Say it again",
            body: RecordSchema(
                "something to say",
                [
                    .required("text", .text(1...100_000), "what to say"),
                    .optional("times", .integer(1...3), "how often"),
                    .optional("password", .text(8...64), secret: true, "a secret"),
                ]), bodyLimit: 1000, access: .public,
            answers: [200: .record(echoed, "it")]
        ) { request in
            .json { json in
                json.beginObject()
                json.key("text")
                json.string(request.body["text"]?.string ?? "")
                json.endObject()
            }
        },
        Route(
            .get, "/v1/things/{thing_id}", "Find a thing",
            parameters: [
                .path("thing_id", .identifier, "which"),
                .query("limit", .integer(1...10), "how many"),
                .query("since", .timeIn, "from when"),
                .query("deep", .boolean, "whether to look below"),
            ], access: .public, answers: [200: .record(echoed, "its parameters")]
        ) { request in
            .json { json in
                json.beginObject()
                for (name, value) in request.parameters.sorted(by: { $0.key < $1.key }) {
                    json.key(name)
                    json.value(value)
                }
                json.endObject()
            }
        },
        Route(
            .get, "/v1/me", "Who asks", access: .user, answers: [200: .record(echoed, "the user")]
        ) { request in
            .json { json in
                json.beginObject()
                json.key("text")
                json.string(request.principal?.userID ?? "")
                json.key("address")
                json.string(request.clientAddress)
                json.key("secure")
                json.bool(request.isSecure)
                json.key("cookie")
                json.string(request.cookie("tc_refresh") ?? "")
                json.endObject()
            }
        },
        Route(
            .delete, "/v1/all", "Delete everything", access: .role("admin"),
            answers: [204: .empty("gone")]
        ) { _ in .empty().with(cookie: .dropping("tc_refresh", path: "/v1")) },
        Route(
            .get, "/v1/broken", "Fail", access: .public, answers: [200: .empty("never")]
        ) { _ in throw TCError(.io, "the disk under \(secret) is full") },
    ]

    /// Accepts `usr_…:ROLE` as it stands.
    struct Tokens: Authenticator {
        func authenticate(bearerToken: String) async throws -> Authentication {
            if bearerToken == "no-engine" {
                throw TCError(.unavailable, "redis://cache7 does not answer")
            }
            let parts = bearerToken.split(separator: ":")
            guard parts.count == 2 else { return .refused("the token is malformed") }
            return .accepted(
                Principal(userID: String(parts[0]), role: String(parts[1]), sessionID: nil))
        }
    }
}
