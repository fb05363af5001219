import HTTPTypes
import HummingbirdCore
import NIOCore
import TCCore
import TCStore
import TCWire

/// What happens to every request, in order: it is named, matched, allowed, read, checked, handled,
/// answered, counted and logged.
final class RequestPipeline: Sendable {
    private let router: Router
    private let limits: WebLimits
    private let trustedProxies: [AddressRange]
    private let seams: Seams
    private let identifiers: IdentifierSource
    private let date = DateText()
    private let log: ServerLog
    /// Everything that is no route counts as one.
    private let unmatched: RouteMetrics
    private let inFlight: Gauge

    /// - Parameter routes: those of all services and of the server itself.
    init(
        routes: [BoundRoute], limits: WebLimits, trustedProxies: [AddressRange], metrics: Metrics,
        log: ServerLog, seams: Seams
    ) {
        router = Router(routes)
        self.limits = limits
        self.trustedProxies = trustedProxies
        self.seams = seams
        self.log = log
        identifiers = IdentifierSource(seams: seams)
        unmatched = RouteMetrics(method: "any", route: "unmatched", in: metrics)
        inFlight = metrics.gauge("http_requests_in_flight", "Requests being answered now.")
    }

    /// How many requests are being answered.
    var requestsInFlight: Int { inFlight.value }

    /// Answers one request.
    ///
    /// - Throws: only where the answer cannot be written, since nobody is there any more.
    func respond(
        to request: Request, from peer: Peer, writer: consuming ResponseWriter
    ) async throws {
        let began = seams.uptime()
        let fields = request.headers
        let identity = RequestIdentity(
            fields, peer: peer, trustedProxies: trustedProxies, identifiers: identifiers)
        let isOverfull = inFlight.add(1) > limits.requests
        defer { inFlight.add(-1) }

        var found: BoundRoute?
        var limit: RateLimitAnswer?
        var isBodyExpected = fields[.expect]?.lowercased() == "100-continue"
        var problem: Problem?
        var response: WebResponse
        do {
            if isOverfull { throw Problem.overfull }
            let target = try RequestTarget(request.head, limits: limits)
            let (bound, segments) = try find(request.method, target.path)
            found = bound
            let principal = try await bound.admit(
                fields, from: identity.clientAddress, limit: &limit)
            let parameters = try bound.route.values(segments, query: target.query, fields: fields)
            let body = try await bound.route.body(
                of: request, writer: writer, isExpected: &isBodyExpected)
            response = try await bound.route.handler(
                WebRequest(
                    method: bound.route.method, route: bound.route.path.text,
                    parameters: parameters, body: body, principal: principal,
                    clientAddress: identity.clientAddress, isSecure: identity.isSecure,
                    requestID: identity.requestID, trace: identity.trace, fields: fields))
        } catch let gone as ClientGone {
            record(request.method, found, identity, began: began, status: 499, problem: nil)
            throw gone
        } catch {
            let answer = Problem(error)
            problem = answer
            response = answer.response(requestID: identity.requestID)
        }
        limit?.write(to: &response)
        // Where a body comes that nobody reads, or may come, the connection cannot be used again.
        if isBodyExpected || problem.map({ [400, 408, 413].contains($0.status) }) ?? false {
            response.fields[.connection] = "close"
        }
        let head = self.head(of: response, identity)
        defer {
            record(
                request.method, found, identity, began: began, status: response.status,
                problem: problem)
        }
        if request.method == .head || response.buffer.readableBytes == 0 {
            try await writer.writeResponse(head)
        } else {
            try await writer.write(
                response: head, body: ResponseBody(byteBuffer: response.buffer))
        }
    }

    /// The answer to bytes that are no request, counted and logged like one.
    func refuse(_ problem: Problem, peer: Peer) -> (head: HTTPResponse, body: ByteBuffer) {
        let identity = RequestIdentity(peer: peer, identifiers: identifiers)
        let response = problem.response(requestID: identity.requestID)
        record(nil, nil, identity, began: seams.uptime(), status: problem.status, problem: problem)
        return (head(of: response, identity), response.buffer)
    }

    private func find(
        _ method: HTTPRequest.Method, _ path: Substring
    ) throws -> (BoundRoute, [Substring]) {
        switch router.match(method.rawValue, path) {
        case .route(let bound, let segments): return (bound, segments)
        case .otherMethods(let methods):
            throw Problem(
                405, "method_not_allowed",
                "the method must be \(methods.joined(separator: " or "))",
                headers: [("Allow", methods.joined(separator: ", "))])
        case .nothing:
            throw Problem(
                404, "not_found", "there is nothing at this path", hint: "see /openapi.json")
        }
    }

    private func head(of response: WebResponse, _ identity: RequestIdentity) -> HTTPResponse {
        var fields = response.fields
        if response.status != 204, response.status != 304 {
            fields[.contentLength] = String(response.buffer.readableBytes)
        }
        fields[.date] = date.text(at: seams.now())
        fields[.xContentTypeOptions] = "nosniff"
        fields[.requestID] = identity.requestID
        fields[.traceparent] = identity.trace.traceparent
        return HTTPResponse(
            status: HTTPResponse.Status(
                code: response.status, reasonPhrase: StatusText.phrase(response.status)),
            headerFields: fields)
    }

    private func record(
        _ method: HTTPRequest.Method?, _ bound: BoundRoute?, _ identity: RequestIdentity,
        began: Double, status: Int, problem: Problem?
    ) {
        let seconds = seams.uptime() - began
        (bound?.metrics ?? unmatched).record(status: status, seconds: seconds)
        let level: ServerLog.Level =
            status == 500 ? .error : status > 500 ? .warning : .info
        log.write(level, "request") { json in
            json.key("method")
            json.string(RequestPipeline.name(of: method))
            json.key("route")
            json.string(bound?.route.path.text ?? "unmatched")
            json.key("status")
            json.int(status)
            json.key("duration_ms")
            json.double((seconds * 1e6).rounded() / 1e3)
            json.key("request_id")
            json.string(identity.requestID)
            json.key("trace_id")
            json.string(identity.trace.traceIDText)
            json.key("remote")
            json.string(identity.clientAddress)
            if let problem {
                json.key("code")
                json.string(problem.code)
                if let cause = problem.cause {
                    json.key("cause")
                    json.string(cause)
                }
            }
        }
    }

    /// A method that nobody knows may be any text, and is not repeated.
    private static func name(of method: HTTPRequest.Method?) -> String {
        switch method {
        case .get?, .head?, .post?, .put?, .patch?, .delete?, .options?, .trace?, .connect?:
            method?.rawValue ?? ""
        default: "other"
        }
    }
}

extension Problem {
    fileprivate static var overfull: Problem {
        Problem(
            503, "overloaded", "the server is answering as many requests as it may",
            headers: [("Retry-After", "1")])
    }
}
