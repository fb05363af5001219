import TCAuth

/// Prolonging a session, and ending it.
extension AuthRoutes {
    var refresh: [Route] {
        [
            Route(
                .post, PathPattern(AuthCookies.refreshPath),
                "Exchange the refresh token for a new one and an access token",
                parameters: [.cookie(cookies.refreshName, "the refresh token")], access: .public,
                answers: [
                    200: .record(
                        AuthRecords.grant,
                        "an access token, with the next refresh token in the cookie"),
                    401: .problem("the refresh token is absent or good for nothing any more"),
                ], handler: refresh),
            Route(
                .post, "/v1/auth/logout",
                "End the session of the bearer token, also of one that has expired",
                access: .public,
                answers: [
                    204: .empty("the session has ended, now or before, and the cookie is dropped"),
                    401: .problem(
                        "there is no access token of this service; the cookie is dropped"),
                ], handler: logOut),
        ]
    }

    private func refresh(_ request: WebRequest) async throws -> WebResponse {
        guard let token = request.cookie(cookies.refreshName), !token.isEmpty else {
            throw Problem.unproven("no_token", "there is no refresh token in the cookie")
        }
        let outcome = try await auth.refresh(token)
        metrics.count(outcome)
        switch outcome {
        case .refreshed(let grant):
            return granted(RefreshOutcome.refreshed(grant.withoutCookies), grant)
        case .refused(.conflict):
            // The browser may have got the other node's successor meanwhile, which is good.
            throw refusal(outcome, "the refresh token was rotated elsewhere a moment ago")
        case .refused(let reason):
            throw refusal(outcome, reason.detail).with(cookie: cookies.droppingRefresh)
        }
    }

    private func refusal(_ outcome: RefreshOutcome, _ detail: String) -> Problem {
        Problem.unproven(outcome.status, detail, hint: "log in again")
    }

    /// Ends the session of the bearer token. The refresh token's cookie does not come this way, since
    /// its path is that of the refresh route, so the access token names the session, and is looked
    /// at here: one that has expired or been revoked would not get past `RouteAccess.user`.
    private func logOut(_ request: WebRequest) async throws -> WebResponse {
        guard let token = request.bearerToken, try await auth.logout(accessToken: token) != nil
        else {
            throw Problem.unproven("unauthorized", "an access token of this service is needed")
                .with(cookie: cookies.droppingRefresh)
        }
        return WebResponse.empty().with(cookie: cookies.droppingRefresh)
    }
}

extension RefreshRefusal {
    fileprivate var detail: String {
        switch self {
        case .unknown: "the refresh token is not one of this service"
        case .expired: "the refresh token has expired"
        case .revoked: "the session has ended"
        case .replayed: "the refresh token was used before, so the session has ended"
        case .conflict: "the refresh token was rotated elsewhere a moment ago"
        }
    }
}
