import TCWire

/// The methods that a route may have. A route for `get` answers HEAD too.
public enum WebMethod: String, Sendable, CaseIterable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
}

/// Who may use a route.
public enum RouteAccess: Equatable, Sendable {
    /// Anybody; a bearer token is not looked at.
    case `public`
    /// Whoever an accepted bearer token speaks for.
    case user
    /// Only who has one of these roles.
    case roles([String])

    /// Only who has one of these roles, of which there is one at least.
    public static func role(_ roles: String...) -> RouteAccess { .roles(roles) }
}

/// One thing that a daemon does for its callers, declared once: the server matches, checks, counts
/// and limits by it, and `/openapi.json` shows it.
///
/// ```swift
/// Route(
///     .post, "/v1/auth/login", "Log in with a password",
///     body: RecordSchema("credentials", [
///         .required("email", .text(3...254), "the address registered"),
///         .required("password", .text(8...1024), secret: true, "the password"),
///     ]),
///     access: .public,
///     answers: [200: .record(tokens, "an access token; the refresh token is in the cookie")]
/// ) { request in
///     let email = request.body["email"]?.string
///     …
///     return .json { json in … }
/// }
/// ```
///
/// The handler sees nothing that its declaration refuses. What it throws is answered as a problem:
/// `Problem` as it stands, `TCError` by its kind, anything else as a bug. The answers to what the
/// server itself refuses need no mention.
public struct Route: Sendable {
    /// What a route does. It runs on a thread that others wait for: it must not block.
    public typealias Handler = @Sendable (WebRequest) async throws -> WebResponse

    public let method: WebMethod
    public let path: PathPattern
    /// One line, without a full stop.
    public let summary: String
    /// Those of the path, all of them, and what else the handler reads.
    public let parameters: [RouteParameter]
    /// What the JSON object in the body must be; nil where there is no body.
    public let body: RecordSchema?
    /// How many bytes a body may have.
    public let bodyLimit: Int
    public let access: RouteAccess
    /// What may be answered, by status.
    public let answers: [Int: RouteAnswer]
    /// Whether the server's rate limiter, where there is one, is asked.
    public let isRateLimited: Bool
    let handler: Handler

    /// - Parameters:
    ///   - parameters: each name in the path must have one here.
    ///   - bodyLimit: in bytes, above 0; without meaning where there is no body.
    public init(
        _ method: WebMethod, _ path: PathPattern, _ summary: String,
        parameters: [RouteParameter] = [], body: RecordSchema? = nil,
        bodyLimit: Int = WebLimits.bodyBytes, access: RouteAccess,
        answers: [Int: RouteAnswer], isRateLimited: Bool = true, handler: @escaping Handler
    ) {
        let declared = parameters.filter { $0.place == .path }.map(\.name)
        precondition(
            Set(declared) == Set(path.parameterNames),
            "the parameters of '\(path.text)' must be those in its braces")
        self.method = method
        self.path = path
        self.summary = summary
        self.parameters = parameters
        self.body = body
        self.bodyLimit = bodyLimit
        self.access = access
        self.answers = answers
        self.isRateLimited = isRateLimited
        self.handler = handler
    }
}

/// Something that a route reads besides its body.
public struct RouteParameter: Sendable {
    /// Where a parameter stands; the words are those of OpenAPI.
    public enum Place: String, Sendable {
        case path, query, header, cookie
    }

    public let place: Place
    public let name: String
    /// What the text must be, once read as a value of this type.
    public let type: RecordSchema.FieldType
    public let doc: String
    public let isRequired: Bool
    /// Whether its value must not be echoed.
    public let isSecret: Bool

    /// A segment of the path.
    public static func path(
        _ name: String, _ type: RecordSchema.FieldType, _ doc: String
    ) -> RouteParameter {
        RouteParameter(
            place: .path, name: name, type: type, doc: doc, isRequired: true, isSecret: false)
    }

    /// Behind the question mark. Where a name is repeated, the first counts.
    public static func query(
        _ name: String, _ type: RecordSchema.FieldType, required: Bool = false,
        secret: Bool = false, _ doc: String
    ) -> RouteParameter {
        RouteParameter(
            place: .query, name: name, type: type, doc: doc, isRequired: required,
            isSecret: secret)
    }

    /// A header field.
    public static func header(
        _ name: String, _ type: RecordSchema.FieldType, required: Bool = false,
        secret: Bool = false, _ doc: String
    ) -> RouteParameter {
        RouteParameter(
            place: .header, name: name, type: type, doc: doc, isRequired: required,
            isSecret: secret)
    }

    /// A cookie, whose value is never echoed. It is never required here, since a route answers one
    /// that is absent in its own words.
    public static func cookie(_ name: String, _ doc: String) -> RouteParameter {
        RouteParameter(
            place: .cookie, name: name, type: .string, doc: doc, isRequired: false, isSecret: true)
    }
}

/// What a route may answer with one status.
public struct RouteAnswer: Sendable {
    /// What stands in the body.
    enum Content: Sendable {
        case none
        case record(RecordSchema)
        case text(String)
        case problem
    }

    let content: Content
    let doc: String

    /// A JSON object.
    public static func record(_ schema: RecordSchema, _ doc: String) -> RouteAnswer {
        RouteAnswer(content: .record(schema), doc: doc)
    }

    /// No body: 204, or a redirection.
    public static func empty(_ doc: String) -> RouteAnswer {
        RouteAnswer(content: .none, doc: doc)
    }

    /// A body of another media type.
    public static func text(_ mediaType: String, _ doc: String) -> RouteAnswer {
        RouteAnswer(content: .text(mediaType), doc: doc)
    }

    /// A `Problem` that the handler throws.
    public static func problem(_ doc: String) -> RouteAnswer {
        RouteAnswer(content: .problem, doc: doc)
    }
}
