import TCAuth
import TCWire

/// Telling other services whether a token is to be believed (RFC 7662).
extension AuthRoutes {
    var introspection: [Route] {
        [
            Route(
                .post, "/v1/auth/introspect", "Whether an access token is to be believed now",
                body: RecordSchema(
                    "a token",
                    [.required("token", .text(1...8192), secret: true, "as it came")]),
                access: .role("service", "admin"),
                answers: [
                    200: .record(
                        AuthRecords.introspection, "its claims, or that it is not active")
                ],
                // A gateway asks for each request that it passes on.
                isRateLimited: false, handler: introspect)
        ]
    }

    /// Of a token that is not active nothing more is told, not even why (section 2.2): it may be
    /// anything, also a token of another kind.
    private func introspect(_ request: WebRequest) async throws -> WebResponse {
        let outcome = try await auth.introspect(request.text("token"))
        if case .active = outcome { return AuthAnswers.record(outcome) }
        return .json { json in
            json.beginObject()
            json.key("active")
            json.bool(false)
            json.endObject()
        }
    }
}
