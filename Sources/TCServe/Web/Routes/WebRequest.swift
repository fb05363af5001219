import HTTPTypes
import TCCore
import TCWire

/// A request as a handler sees it: matched, read, checked and allowed.
public struct WebRequest: Sendable {
    public let method: WebMethod
    /// The route's own path: `/v1/users/{user_id}`.
    public let route: String
    /// The checked values of the parameters of path, query and header that are present, by the names
    /// declared.
    public let parameters: [String: JSONValue]
    /// The body, checked against the route's schema; empty where the route takes none.
    public let body: JSONObject
    /// Who asks; nil on public routes.
    public let principal: Principal?
    /// The address of the client in text, without a port: of whoever connected, or of whom a trusted
    /// proxy says that it speaks for. `unix` for a Unix socket.
    public let clientAddress: String
    /// Whether the client is known to speak TLS, with this server or with a trusted proxy.
    public let isSecure: Bool
    /// Also in the answer and in the log.
    public let requestID: String
    /// This server's part of the caller's trace, to be handed on with calls to others.
    public let trace: TraceContext
    let fields: HTTPFields

    /// - Parameter headers: names and values as they would come.
    public init(
        _ method: WebMethod, route: String, parameters: [String: JSONValue] = [:],
        headers: [(String, String)] = [], body: JSONObject = JSONObject(),
        principal: Principal? = nil, clientAddress: String = "127.0.0.1", isSecure: Bool = true,
        requestID: String, trace: TraceContext
    ) {
        var fields = HTTPFields()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) {
                fields.append(HTTPField(name: name, value: value))
            }
        }
        self.init(
            method: method, route: route, parameters: parameters, body: body,
            principal: principal, clientAddress: clientAddress, isSecure: isSecure,
            requestID: requestID, trace: trace, fields: fields)
    }

    init(
        method: WebMethod, route: String, parameters: [String: JSONValue], body: JSONObject,
        principal: Principal?, clientAddress: String, isSecure: Bool, requestID: String,
        trace: TraceContext, fields: HTTPFields
    ) {
        self.method = method
        self.route = route
        self.parameters = parameters
        self.body = body
        self.principal = principal
        self.clientAddress = clientAddress
        self.isSecure = isSecure
        self.requestID = requestID
        self.trace = trace
        self.fields = fields
    }

    /// The value of a header field, nil where it is absent; of a repeated one, all values joined by
    /// commas.
    ///
    /// - Parameter name: in any case.
    public func header(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { fields[$0] }
    }

    /// The value of a cookie, as it came; of a repeated one the first, nil where it is absent.
    public func cookie(_ name: String) -> String? {
        for line in fields[values: .cookie] {
            if let value = Cookies.value(of: name, in: line) { return value }
        }
        return nil
    }
}
