import TCAuth
import TCWire

/// Making an account, and logging in to it.
extension AuthRoutes {
    var login: [Route] {
        [
            Route(
                .post, "/v1/auth/register", "Make an account",
                body: RecordSchema(
                    "a new account",
                    [
                        .required("email", .text(3...254), "what to log in with"),
                        .required(
                            "password", .text(8...1024), secret: true,
                            "hard to guess; at most 1024"
                                + " bytes"),
                        .optional("name", .text(1...200), "of a person"),
                    ]), access: .public,
                answers: [
                    201: .record(AuthRecords.changedUser(["registered"]), "the account"),
                    409: .problem("there is an account with this address"),
                    422: .refusedFields,
                ], handler: register),
            Route(
                .post, "/v1/auth/login", "Log in with a password", parameters: [deviceCookie],
                body: RecordSchema(
                    "credentials",
                    [
                        .required("email", .text(3...254), "the address of the account"),
                        .required("password", .text(1...1024), secret: true, "its password"),
                    ]), access: .public,
                answers: [
                    200: .record(
                        AuthRecords.login,
                        "an access token, with the refresh token in a cookie; or the second factor"
                            + " is asked for"),
                    401: .problem("no account has this address and this password"),
                    403: .problem("the account is disabled"), 429: .wait, 422: .refusedFields,
                ], handler: logIn),
            Route(
                .post, "/v1/auth/mfa/verify", "Log in with a second factor",
                parameters: [deviceCookie],
                body: RecordSchema(
                    "the second factor",
                    [
                        .required(
                            "mfa_token", .text(1...8192), secret: true, "what the login answered"),
                        .required(
                            "code", .text(1...64), secret: true,
                            "of the authenticator app, or a recovery code"),
                    ]), access: .public,
                answers: [
                    200: .record(
                        AuthRecords.grant, "an access token, with the refresh token in a cookie"),
                    401: .problem("token or code are not right, or were used"),
                    403: .problem("the account is disabled"), 429: .wait,
                ], handler: verify),
        ]
    }

    /// An address that has an account is told apart from one that has none: there is no mail by which
    /// its owner could be told instead, and whoever tries to log in to the account they believe to
    /// have made would find out the same. It takes the same time, each try counts against the limit
    /// of the address that it comes from, and nothing is told of the account.
    ///
    /// Nobody gives themselves a role: the schema has no such field.
    private func register(_ request: WebRequest) async throws -> WebResponse {
        let new = NewUser(
            email: request.text("email"), password: request.text("password"),
            name: request.body["name"]?.string)
        return try AuthAnswers.user(await auth.register(new, by: .service), status: 201)
    }

    private func logIn(_ request: WebRequest) async throws -> WebResponse {
        let outcome = try await auth.login(
            email: request.text("email"), password: request.text("password"), from: client(request))
        return try answer(outcome, of: .password)
    }

    private func verify(_ request: WebRequest) async throws -> WebResponse {
        let outcome = try await auth.verifyMFA(
            token: request.text("mfa_token"), code: request.text("code"), from: client(request))
        return try answer(outcome, of: .secondFactor)
    }
}
