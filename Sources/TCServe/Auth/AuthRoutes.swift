import TCAuth
import TCCore
import TCWire

/// What the handlers of the auth service share. Each file in `Routes` adds a group of routes.
struct AuthRoutes: Sendable {
    let auth: AuthService
    let settings: AuthWebSettings
    let cookies: AuthCookies
    let metrics: AuthMetrics
    /// The public keys as a JWK Set.
    let jwks: @Sendable () async throws -> [UInt8]
    let providers: OAuth2Client?

    /// In the order in which `/openapi.json` shows them.
    var all: [Route] {
        login + refresh + account + secondFactor + sessions + introspection + provider + adminUsers
            + adminAccess + wellKnown
    }

    /// Where a request comes from, with the device that it proves to be.
    func client(_ request: WebRequest) -> ClientContext {
        ClientContext(
            address: request.clientAddress, userAgent: request.header("user-agent"),
            deviceToken: request.cookie(cookies.deviceName))
    }

    var deviceCookie: RouteParameter {
        .cookie(cookies.deviceName, "what an earlier login of this device was given")
    }

    /// Answers what a login came to, and counts it. Tokens that a script must not see go into
    /// cookies.
    func answer(
        _ outcome: LoginOutcome, of step: AuthMetrics.Step
    ) throws -> WebResponse {
        metrics.count(outcome, of: step)
        switch outcome {
        case .loggedIn(let grant):
            return granted(LoginOutcome.loggedIn(grant.withoutCookies), grant)
        case .mfaRequired: return AuthAnswers.record(outcome)
        case .invalidCredentials:
            throw Problem.unproven(outcome.status, "the credentials are not right")
        case .wait(let duration): throw Problem.wait(duration)
        case .disabled: throw Problem(403, outcome.status, "the account is disabled")
        case .refused(.accountExists):
            throw Problem(
                409, outcome.status, "there is an account with this e-mail address",
                hint: "log in as before; an identity is linked from within the account")
        case .refused(.linkedToAnother):
            throw Problem(409, outcome.status, "the identity opens another account")
        case .refused(.accountsNotCreated):
            throw Problem(403, outcome.status, "no account is made for an identity that is unknown")
        }
    }

    /// - Parameter record: what is shown of the grant, without what is in the cookies.
    func granted(_ record: some JSONRecord, _ grant: Grant) -> WebResponse {
        var response = AuthAnswers.record(record)
        if let token = grant.refreshToken {
            response = response.with(cookie: cookies.refresh(token, issuedAt: grant.issuedAt))
        }
        if let token = grant.deviceToken { response = response.with(cookie: cookies.device(token)) }
        return response
    }
}
