import TCAuth
import TCWire

/// Setting up one's own second factor. Whoever takes it away shows that they have it.
extension AuthRoutes {
    var secondFactor: [Route] {
        [
            Route(
                .post, "/v1/auth/mfa/enroll", "Begin to set up a second factor", access: .user,
                answers: [
                    200: .record(AuthRecords.enrolment, "a secret; without effect until confirmed"),
                    409: .problem("there is a second factor already"),
                ], handler: enroll),
            codeRoute(
                "confirm", "Put the second factor in force with its first code",
                [
                    200: .record(AuthRecords.recoveryCodes("confirmed"), "in force from now on"),
                    409: .problem("nothing is begun, or it is in force already"),
                ]
            ) { try await auth.confirmMFA($0, code: $1, from: $2) },
            codeRoute(
                "disable", "Remove the second factor and its recovery codes",
                [204: .empty("none is asked for any more"), 409: notEnrolled]
            ) { userID, code, client in
                let check = try await auth.checkMFA(userID, code: code, from: client)
                guard check == .valid else { return check }
                return try await auth.disableMFA(userID, by: .user(userID))
            },
            codeRoute(
                "recovery-codes", "Make new recovery codes in place of the old ones",
                [200: .record(AuthRecords.recoveryCodes("ok"), "ten codes"), 409: notEnrolled]
            ) { userID, code, client in
                let check = try await auth.checkMFA(userID, code: code, from: client)
                guard check == .valid else { return check }
                return try await auth.newRecoveryCodes(userID, by: .user(userID))
            },
        ]
    }

    private var notEnrolled: RouteAnswer { .problem("there is no second factor") }

    private func enroll(_ request: WebRequest) async throws -> WebResponse {
        try secondFactorAnswer(await auth.enrollMFA(request.caller.userID))
    }

    /// A route whose body is a code of the caller's second factor.
    private func codeRoute(
        _ name: String, _ summary: String, _ answers: [Int: RouteAnswer],
        _ act: @escaping @Sendable (String, String, ClientContext) async throws -> MFAOutcome
    ) -> Route {
        let refusals: [Int: RouteAnswer] = [403: .problem("the code is not right"), 429: .wait]
        return Route(
            .post, PathPattern("/v1/auth/mfa/\(name)"), summary, parameters: [deviceCookie],
            body: RecordSchema(
                "a code",
                [
                    .required(
                        "code", .text(1...64), secret: true,
                        "of the authenticator app, or a recovery code")
                ]), access: .user, answers: answers.merging(refusals) { given, _ in given }
        ) { request in
            try secondFactorAnswer(
                await act(request.caller.userID, request.text("code"), client(request)))
        }
    }

    private func secondFactorAnswer(_ outcome: MFAOutcome) throws -> WebResponse {
        switch outcome {
        case .enrolled, .confirmed, .recoveryCodes: return AuthAnswers.record(outcome)
        case .disabled, .valid: return .empty()
        case .invalidCode: throw Problem(403, outcome.status, "the code is not right")
        case .wait(let duration): throw Problem.wait(duration)
        case .alreadyEnrolled:
            throw Problem(
                409, outcome.status, "there is a second factor already",
                hint: "disable it first")
        case .notEnrolled:
            throw Problem(
                409, outcome.status, "there is no second factor to show a code of",
                hint: "enroll one first")
        case .userNotFound: throw Problem.userGone
        }
    }
}
