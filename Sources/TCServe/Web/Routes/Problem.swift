import TCCore
import TCWire

/// What went wrong with a request, as RFC 9457 problem details.
///
/// The type is always `about:blank`, so that the title is the status in words; `code` is for programs
/// and `detail` for people. A handler throws one where the answer is negative.
public struct Problem: Error, Sendable {
    public let status: Int
    /// A word that never changes meaning: `invalid_fields`.
    public let code: String
    /// For whoever sent the request; in the form of a `TCError`'s message, never with a secret.
    public let detail: String
    /// What the reader can do about it.
    public let hint: String?
    /// Which fields are wrong, and how.
    public let faults: [FieldFault]
    /// Header fields that belong to the status: `Retry-After`, `Allow`.
    public let headers: [(name: String, value: String)]
    /// What happened in truth, for the log alone.
    let cause: String?

    /// - Parameter status: 400 to 599.
    public init(
        _ status: Int, _ code: String, _ detail: String, hint: String? = nil,
        faults: [FieldFault] = [], headers: [(name: String, value: String)] = []
    ) {
        self.init(status, code, detail, hint: hint, faults: faults, headers: headers, cause: nil)
    }

    private init(
        _ status: Int, _ code: String, _ detail: String, hint: String? = nil,
        faults: [FieldFault] = [], headers: [(name: String, value: String)] = [], cause: String?
    ) {
        self.status = status
        self.code = code
        self.detail = detail
        self.hint = hint
        self.faults = faults
        self.headers = headers
        self.cause = cause
    }

    /// What a thrown error is to the caller. This is the one table from kinds to statuses.
    ///
    /// Of what is not the caller's doing no detail is told: it may name hosts and files.
    public init(_ error: any Error) {
        if let problem = error as? Problem {
            self = problem
            return
        }
        if error is CancellationError {
            // The server is ending, or the client has gone: no fault of either's request.
            self = Problem(TCError(.interrupted, "cancelled"))
            return
        }
        guard let error = (error as? any TCErrorConvertible)?.tcError else {
            self = .bug("\(error)")
            return
        }
        switch error.kind {
        case .usage, .badInput:
            self.init(422, error.kind.rawValue, error.message, hint: error.hint)
        case .notPermitted:
            self.init(403, error.kind.rawValue, error.message, hint: error.hint)
        case .unavailable, .tryAgain, .interrupted:
            self.init(
                503, error.kind.rawValue, "something that this needs is not available now",
                headers: [("Retry-After", "1")], cause: error.description)
        case .bug, .io, .configuration:
            self = .bug(error.description)
        }
    }

    /// The same with a cookie for the client to keep or to drop.
    public func with(cookie: Cookie) -> Problem {
        Problem(
            status, code, detail, hint: hint, faults: faults,
            headers: headers + [("set-cookie", cookie.text)], cause: cause)
    }

    private static func bug(_ cause: String) -> Problem {
        Problem(500, "bug", "the server failed; the request id finds out why", cause: cause)
    }
}

extension Problem {
    /// The answer.
    func response(requestID: String) -> WebResponse {
        var json = JSONWriter()
        json.beginObject()
        json.key("type")
        json.string("about:blank")
        json.key("title")
        json.string(StatusText.phrase(status))
        json.key("status")
        json.int(status)
        json.key("code")
        json.string(code)
        json.key("detail")
        json.string(detail)
        if let hint {
            json.key("hint")
            json.string(hint)
        }
        if !faults.isEmpty {
            json.key("errors")
            json.beginArray()
            for fault in faults {
                json.beginObject()
                json.key("pointer")
                json.string(fault.pointer)
                json.key("detail")
                json.string(fault.message)
                json.endObject()
            }
            json.endArray()
        }
        json.key("request_id")
        json.string(requestID)
        json.endObject()
        let response = WebResponse.bytes(
            status, "application/problem+json", cacheControl: "no-store", json)
        return headers.reduce(response) { $0.with(header: $1.name, $1.value) }
    }

    /// What `/openapi.json` says of every problem.
    static let schema = RecordSchema(
        "problem details (RFC 9457)",
        [
            .required("type", .string, "about:blank"),
            .required("title", .string, "the status in words"),
            .required("status", .integer(400...599), "the status"),
            .required("code", .string, "what went wrong, for programs"),
            .required("detail", .string, "what went wrong, for people"),
            .optional("hint", .string, "what can be done about it"),
            .optional(
                "errors",
                .array(
                    .object(
                        RecordSchema(
                            "a field that is wrong",
                            [
                                .required("pointer", .string, "where: a JSON Pointer"),
                                .required("detail", .string, "what it must be"),
                            ]))), "the fields that are wrong"),
            .required("request_id", .string, "finds the request in the log"),
        ])
}
