import HTTPTypes
import TCCore
import TCStore

extension BoundRoute {
    /// Finds out who asks, counts the request and decides whether the caller may make it.
    ///
    /// Whoever brings a token that is not accepted is counted by address: guessing tokens is limited
    /// too.
    ///
    /// - Parameter limit: what the limiter said, also where the request is refused.
    /// - Returns: nil on public routes.
    func admit(
        _ fields: HTTPFields, from address: String, limit: inout RateLimitAnswer?
    ) async throws -> Principal? {
        let authentication = try await authenticate(fields)
        if let admit = service.rateLimit, route.isRateLimited {
            let userID: String? =
                if case .accepted(let principal) = authentication { principal.userID } else { nil }
            let answer = try await admit(userID, address)
            limit = answer
            guard answer.isAllowed else { throw Problem.limited(answer) }
        }
        switch authentication {
        case nil: return nil
        case .refused(let reason): throw Problem.unauthorized(reason)
        case .accepted(let principal):
            if case .roles(let roles) = route.access, !roles.contains(principal.role) {
                throw Problem(
                    403, "not_permitted", "the role '\(principal.role)' may not do this",
                    hint: "it takes the role '\(roles.joined(separator: "' or '"))'")
            }
            return principal
        }
    }

    /// Nil on public routes.
    private func authenticate(_ fields: HTTPFields) async throws -> Authentication? {
        guard route.access != .public, let authenticator = service.authenticator else { return nil }
        guard fields.contains(.authorization) else { throw Problem.unauthorized(nil) }
        guard let token = fields.bearerToken else {
            return .refused("the authorization must be one bearer token")
        }
        return try await authenticator.authenticate(bearerToken: token)
    }
}

extension HTTPFields {
    /// The bearer token (RFC 6750, section 2.1), not looked at; nil where the authorization is not one
    /// bearer token.
    fileprivate var bearerToken: String? {
        let credentials = self[values: .authorization]
        guard let credential = credentials.first, credentials.count == 1 else { return nil }
        let scheme = credential.prefix { $0 != " " }
        let token = credential.dropFirst(scheme.count).drop { $0 == " " }
        return scheme.lowercased() == "bearer" && !token.isEmpty ? String(token) : nil
    }
}

extension WebRequest {
    /// The bearer token of a request for a public route, which nobody has looked at; nil without one.
    public var bearerToken: String? { fields.bearerToken }
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

    fileprivate static func limited(_ answer: RateLimitAnswer) -> Problem {
        Problem(
            429, "rate_limited",
            "at most \(answer.rule.limit) requests in \(answer.rule.window.text) are allowed",
            hint: "try again in \((answer.untilNext.milliseconds + 999) / 1000) s")
    }
}

extension RateLimitAnswer {
    func write(to response: inout WebResponse) {
        for field in fields { response = response.with(header: field.name, field.value) }
    }
}
