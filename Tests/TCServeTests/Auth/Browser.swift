import Synchronization
import TCCore
import TCWire
import Testing

@testable import TCServe

/// Whoever keeps cookies and a bearer token. It holds every answer against what the routes declare.
final class Browser: Sendable {
    private struct Kept {
        var bearer: String?
        var cookies: [(name: String, path: String, value: String)] = []
    }

    private let bed: AuthWebBed
    private let server: TestServer
    private let router: Router
    private let kept = Mutex(Kept())

    init(_ bed: AuthWebBed, _ server: TestServer) {
        self.bed = bed
        self.server = server
        let metrics = Metrics()
        router = Router(
            bed.service.routes.map { route in
                BoundRoute(
                    route: route, service: bed.service,
                    metrics: RouteMetrics(
                        method: route.method.rawValue, route: route.path.text, in: metrics))
            })
    }

    /// The access token, sent with each request.
    var bearer: String? {
        get { kept.withLock { $0.bearer } }
        set { kept.withLock { $0.bearer = newValue } }
    }

    /// The value of a cookie that is kept, whatever its path.
    func cookie(_ name: String) -> String? {
        kept.withLock { $0.cookies.first { $0.name == name }?.value }
    }

    /// Puts a value in the place of a cookie's.
    func set(cookie name: String, _ value: String, path: String) {
        kept.withLock { kept in
            kept.cookies.removeAll { $0.name == name && $0.path == path }
            kept.cookies.append((name, path, value))
        }
    }

    /// Sends a request with the token and the cookies that belong to it, and keeps what comes.
    @discardableResult
    func send(
        _ method: String, _ path: String, _ body: String? = nil, headers: [String] = [],
        at location: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        let route = String(path.prefix { $0 != "?" })
        let (bearer, cookies) = kept.withLock { kept in
            (
                kept.bearer,
                kept.cookies.filter { route == $0.path || route.hasPrefix("\($0.path)/") }
                    .map { "\($0.name)=\($0.value)" }
            )
        }
        var all = headers
        if let bearer { all.append("authorization: Bearer \(bearer)") }
        if !cookies.isEmpty { all.append("cookie: \(cookies.joined(separator: "; "))") }
        let answer = try await server.send(method, path, headers: all, body: body)
        for (name, value) in answer.headers where name == "set-cookie" { keep(value) }
        expectDeclared(answer, method, route[...], location)
        return answer
    }

    private func keep(_ cookie: String) {
        let parts = cookie.split(separator: "; ").map(String.init)
        let pair = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts.first { $0.hasPrefix("Path=") }.map { String($0.dropFirst(5)) } ?? "/"
        let isDropped = parts.contains("Max-Age=0")
        kept.withLock { kept in
            kept.cookies.removeAll { $0.name == pair[0] && $0.path == path }
            if !isDropped { kept.cookies.append((String(pair[0]), path, String(pair[1]))) }
        }
    }

    /// That the status and the body are what `/openapi.json` says of the route.
    private func expectDeclared(
        _ answer: Answer, _ method: String, _ path: Substring, _ location: SourceLocation
    ) {
        guard case .route(let bound, _) = router.match(method, path) else { return }
        let declared = bound.route.answers[answer.status]
        #expect(
            declared != nil || bound.problemStatuses.contains(answer.status),
            "\(method) \(path) may not answer \(answer.status)", sourceLocation: location)
        let faults: [FieldFault]
        switch declared?.content ?? .problem {
        case .none: faults = answer.body.isEmpty ? [] : [FieldFault(pointer: "", message: "body")]
        case .record(let schema): faults = schema.faults(in: answer.json)
        case .text: faults = []
        case .problem: faults = Problem.schema.faults(in: answer.json)
        }
        #expect(faults.isEmpty, "\(method) \(path): \(answer.body)", sourceLocation: location)
        #expect(answer.status < 500, "\(method) \(path)", sourceLocation: location)
    }

    /// Logs in with the password of all accounts here, and keeps the access token.
    @discardableResult
    func logIn(_ name: String) async throws -> Answer {
        bearer = nil
        // Ids of one millisecond have no order.
        bed.clock.move(.milliseconds(1))
        let answer = try await send(
            "POST", "/v1/auth/login",
            #"{"email":"\#(name)@x.example","password":"\#(AuthWebBed.password)"}"#)
        bearer = answer.json["access_token"]?.string
        return answer
    }
}

extension Answer {
    var code: String? { json["code"]?.string }
    /// The values of `Set-Cookie`, in order.
    var cookies: [String] { headers.filter { $0.name == "set-cookie" }.map(\.value) }

    func text(_ field: String) -> String { json[field]?.string ?? "" }
}
