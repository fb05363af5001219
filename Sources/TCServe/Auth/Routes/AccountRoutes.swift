import TCAuth
import TCWire

/// What users do with their own accounts.
extension AuthRoutes {
    var account: [Route] {
        [
            Route(
                .get, "/v1/auth/me", "Who the bearer token speaks for", access: .user,
                answers: [200: .record(AuthRecords.user, "the user")], handler: me),
            Route(
                .post, "/v1/auth/password", "Change one's own password", parameters: [deviceCookie],
                body: RecordSchema(
                    "two passwords",
                    [
                        .required("old_password", .text(1...1024), secret: true, "as it is"),
                        .required(
                            "new_password", .text(8...1024), secret: true,
                            "hard to guess; at most 1024 bytes"),
                    ]), access: .user,
                answers: [
                    200: .record(
                        AuthRecords.changedUser(["password_changed"]),
                        "all sessions have ended, this one included"),
                    403: .problem("the old password is not right"),
                    409: .problem("no password opens the account"), 422: .refusedFields,
                    429: .wait,
                ], handler: changePassword),
        ]
    }

    private func me(_ request: WebRequest) async throws -> WebResponse {
        guard let user = try await auth.user(.id(request.caller.userID)) else {
            throw Problem.userGone
        }
        return AuthAnswers.record(user)
    }

    private func changePassword(_ request: WebRequest) async throws -> WebResponse {
        let outcome = try await auth.changePassword(
            of: request.caller.userID, from: request.text("old_password"),
            to: request.text("new_password"), client: client(request))
        switch outcome {
        case .changed:
            return AuthAnswers.record(outcome).with(cookie: cookies.droppingRefresh)
        case .invalidCredentials:
            throw Problem(403, outcome.status, "the old password is not right")
        case .wait(let duration): throw Problem.wait(duration)
        case .noPassword:
            throw Problem(
                409, outcome.status, "no password opens the account",
                hint: "an administrator can set the first one")
        case .userNotFound: throw Problem.userGone
        }
    }
}
