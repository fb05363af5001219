import TCAuth
import TCCore
import TCWire

/// What outcomes of the auth service are to a caller: a positive one is answered as its record, a
/// negative one as a problem whose code is the outcome's status.
enum AuthAnswers {
    static func record(_ record: some JSONRecord, status: Int = 200) -> WebResponse {
        .json(status) { record.write(to: &$0) }
    }

    /// - Parameters:
    ///   - name: what the records are called.
    ///   - next: the last id of the page; nil where there is no further one.
    static func page(
        _ name: String, _ records: [some JSONRecord], next: String?
    ) -> WebResponse {
        .json { json in
            json.beginObject()
            json.key(name)
            json.beginArray()
            for record in records { record.write(to: &json) }
            json.endArray()
            if let next {
                json.key("next")
                json.string(next)
            }
            json.endObject()
        }
    }

    static func user(_ outcome: UserOutcome, status: Int = 200) throws -> WebResponse {
        switch outcome {
        case .done: return record(outcome, status: status)
        case .exists:
            throw Problem(409, outcome.status, "there is an account with this e-mail address")
        case .notFound: throw Problem.noSuch("user")
        }
    }

    static func revocation(_ outcome: RevocationOutcome) throws -> WebResponse {
        if case .notFound(let target) = outcome { throw Problem.noSuch(target.kind) }
        return record(outcome)
    }
}

extension Problem {
    static func noSuch(_ what: String) -> Problem {
        Problem(404, "not_found", "there is no such \(what)")
    }

    /// The account was removed while its access token was still believed.
    static var userGone: Problem { unproven("unauthorized", "the user does not exist any more") }

    /// Who asks has not shown who they are. The challenge is what RFC 9110, section 15.5.2, wants
    /// beside the status; it makes no browser ask for anything.
    static func unproven(_ code: String, _ detail: String, hint: String? = nil) -> Problem {
        Problem(401, code, detail, hint: hint, headers: [("WWW-Authenticate", "Bearer")])
    }

    static func wait(_ duration: Duration) -> Problem {
        let seconds = (duration.milliseconds + 999) / 1000
        return Problem(
            429, "wait", "too many attempts have failed, so this one was not looked at",
            hint: "try again in \(seconds) s", headers: [("Retry-After", "\(seconds)")])
    }
}

extension RevocationTarget {
    fileprivate var kind: String {
        switch self {
        case .token: "token"
        case .session: "session"
        case .user, .everyone: "user"
        }
    }
}

extension RouteAnswer {
    static let noSuchUser = RouteAnswer.problem("there is no such user")
    static let wait = RouteAnswer.problem("too many attempts have failed, or too many requests")
    static let refusedFields = RouteAnswer.problem("a field is not taken, with the reason")
}

extension WebRequest {
    /// Who asks, on routes that are not public.
    var caller: Principal {
        get throws {
            guard let principal else { throw TCError(.bug, "'\(route)' is declared as public") }
            return principal
        }
    }

    /// A field of the body; empty where it is absent, which the route's schema decides about.
    func text(_ field: String) -> String { body[field]?.string ?? "" }

    /// A parameter of the path; the route would not have matched without it.
    func pathText(_ name: String) -> String { parameters[name]?.string ?? "" }

    /// What a page begins behind and how long it may be.
    var page: (after: String?, limit: Int) {
        (parameters["after"]?.string, parameters["limit"]?.number?.int64.map { Int($0) } ?? 100)
    }
}

extension RouteParameter {
    /// Of routes that answer pages.
    static let page: [RouteParameter] = [
        .query("after", .identifier, "the 'next' of the page before"),
        .query("limit", .integer(1...500), "the most records of a page; 100 if absent"),
    ]

    static let userID = RouteParameter.path("user_id", .identifier, "usr_…")
}
