import HTTPTypes
import TCCore

extension BoundRoute {
    /// Finds out who asks, counts the request and decides whether the caller may make it.
    ///
    /// Whoever brings a token that is not accepted is counted by address: guessing tokens is limited
    /// too.
    ///
    /// - Parameter verdict: what the limiter said, also where the request is refused.
    /// - Returns: nil on public routes.
    func admit(
        _ fields: HTTPFields, from address: String, verdict: inout RateLimitVerdict?
    ) async throws -> Principal? {
        let authentication = try await authenticate(fields)
        if let limiter = service.rateLimiter, route.isRateLimited {
            let caller: RateLimitCaller =
                if case .accepted(let principal) = authentication { .user(principal.userID) } else {
                    .address(address)
                }
            let answer = try await limiter.admit(caller)
            verdict = answer
            guard answer.isAdmitted else { throw Problem.limited(answer) }
        }
        switch authentication {
        case nil: return nil
        case .refused(let reason): throw Problem.unauthorized(reason)
        case .accepted(let principal):
            if case .role(let role) = route.access, principal.role != role {
                throw Problem(
                    403, "not_permitted", "the role '\(principal.role)' may not do this",
                    hint: "it takes the role '\(role)'")
            }
            return principal
        }
    }

    /// Nil on public routes.
    private func authenticate(_ fields: HTTPFields) async throws -> Authentication? {
        guard route.access != .public, let authenticator = service.authenticator else { return nil }
        let credentials = fields[values: .authorization]
        guard let credential = credentials.first else { throw Problem.unauthorized(nil) }
        let scheme = credential.prefix { $0 != " " }
        let token = credential.dropFirst(scheme.count).drop { $0 == " " }
        guard credentials.count == 1, scheme.lowercased() == "bearer", !token.isEmpty else {
            return .refused("the authorization must be one bearer token")
        }
        return try await authenticator.authenticate(bearerToken: String(token))
    }
}

extension Problem {
    /// - Parameter reason: why the token is not accepted; nil where there is none (RFC 6750, section
    ///   3.1, asks for no error code then).
    fileprivate static func unauthorized(_ reason: String?) -> Problem {
        Problem(
            401, "unauthorized", reason ?? "an access token is needed",
            hint: reason == nil ? "send 'Authorization: Bearer TOKEN'" : nil,
            headers: [
                ("WWW-Authenticate", reason == nil ? "Bearer" : "Bearer error=\"invalid_token\"")
            ])
    }

    fileprivate static func limited(_ verdict: RateLimitVerdict) -> Problem {
        let wait = max(1, verdict.resetSeconds)
        return Problem(
            429, "rate_limited",
            "at most \(verdict.quota) requests in \(verdict.windowSeconds) s are allowed",
            hint: "try again in \(wait) s", headers: [("Retry-After", "\(wait)")])
    }
}

extension RateLimitVerdict {
    /// The fields of draft-ietf-httpapi-ratelimit-headers-10.
    func write(to fields: inout HTTPFields) {
        fields[.rateLimitPolicy] = "\"\(policy)\";q=\(quota);w=\(windowSeconds)"
        fields[.rateLimit] = "\"\(policy)\";r=\(remaining);t=\(resetSeconds)"
    }
}
