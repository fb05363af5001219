import TCAuth
import TCWire

/// What administrators do about who gets in.
extension AuthRoutes {
    var adminAccess: [Route] {
        [
            change(
                .put, "role", "Give a user another role",
                body: RecordSchema("a role", [.required("role", .text(1...64), "its name")]),
                done: ["role_changed", "unchanged"]
            ) { try await auth.setRole(of: $0.user, to: $0.text("role"), by: $1) },
            change(
                .put, "password", "Give a user another password and end all of their sessions",
                body: RecordSchema(
                    "a password",
                    [
                        .required(
                            "password", .text(8...1024), secret: true,
                            "hard to guess; at most 1024 bytes")
                    ]), done: ["password_changed"]
            ) { try await auth.setPassword(of: $0.user, to: $0.text("password"), by: $1) },
            change(
                .post, "disable", "Close an account and end all of its sessions",
                done: ["disabled", "unchanged"]
            ) { try await auth.setDisabled($0.user, true, by: $1) },
            change(
                .post, "enable", "Open an account again", done: ["enabled", "unchanged"]
            ) { try await auth.setDisabled($0.user, false, by: $1) },
            Route(
                .delete, "/v1/auth/admin/users/{user_id}/mfa",
                "Remove a user's second factor and its recovery codes", parameters: [.userID],
                access: .role("admin"),
                answers: [
                    204: .empty("none is asked for any more"),
                    404: .problem("there is no such user, or no second factor"),
                ], handler: removeSecondFactor),
            Route(
                .get, "/v1/auth/admin/users/{user_id}/sessions",
                "A user's sessions, the oldest first",
                parameters: [.userID] + RouteParameter.page + [
                    .query("ended", .boolean, "whether to show those that have ended, too")
                ], access: .role("admin"),
                answers: [
                    200: .record(
                        AuthRecords.page("sessions", of: AuthRecords.session),
                        "a page of them; none of a user that there is not")
                ]
            ) { request in
                try await sessionPage(
                    request, of: request.pathText("user_id"),
                    includingEnded: request.parameters["ended"]?.bool ?? false)
            },
            Route(
                .post, "/v1/auth/admin/revoke", "End a token, a session, a user's sessions or all",
                body: RecordSchema(
                    "one of these four",
                    [
                        .optional(
                            "token", .text(1...8192), secret: true,
                            "an access token alone, or the session of a refresh token"),
                        .optional("session_id", .identifier, "ses_…"),
                        .optional("user_id", .identifier, "all sessions of this user"),
                        .optional("everyone", .boolean, "true for all sessions there are"),
                    ]), access: .role("admin"),
                answers: [
                    200: .record(AuthRecords.revocation, "what has ended"),
                    404: .problem("there is no such token, session or user"), 422: .refusedFields,
                ], handler: revoke),
        ]
    }

    /// A route that changes one user and shows them.
    private func change(
        _ method: WebMethod, _ name: String, _ summary: String, body: RecordSchema? = nil,
        done: [String],
        _ act: @escaping @Sendable (WebRequest, Actor) async throws -> UserOutcome
    ) -> Route {
        var answers: [Int: RouteAnswer] = [
            200: .record(AuthRecords.changedUser(done), "the user as changed"), 404: .noSuchUser,
        ]
        if body != nil { answers[422] = .refusedFields }
        return Route(
            method, PathPattern("/v1/auth/admin/users/{user_id}/\(name)"), summary,
            parameters: [.userID], body: body, access: .role("admin"), answers: answers
        ) { request in
            try AuthAnswers.user(await act(request, .user(request.caller.userID)))
        }
    }

    private func removeSecondFactor(_ request: WebRequest) async throws -> WebResponse {
        let outcome = try await auth.disableMFA(
            request.pathText("user_id"), by: .user(request.caller.userID))
        guard case .disabled = outcome else {
            throw Problem(404, outcome.status, "there is no such user, or no second factor")
        }
        return .empty()
    }

    private func revoke(_ request: WebRequest) async throws -> WebResponse {
        var targets: [RevocationTarget] = []
        if let token = request.body["token"]?.string { targets.append(.token(token)) }
        if let id = request.body["session_id"]?.string { targets.append(.session(id)) }
        if let id = request.body["user_id"]?.string { targets.append(.user(id)) }
        if request.body["everyone"]?.bool == true { targets.append(.everyone) }
        guard targets.count == 1, let target = targets.first else {
            throw Problem(
                422, "invalid_fields",
                "there must be one of 'token', 'session_id', 'user_id' and 'everyone',"
                    + " got \(targets.count)")
        }
        return try AuthAnswers.revocation(
            await auth.revoke(target, by: .user(request.caller.userID)))
    }
}
