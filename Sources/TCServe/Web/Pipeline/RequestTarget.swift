import HTTPTypes

/// The path and the query of a request, as they came.
struct RequestTarget {
    let path: Substring
    let query: Substring

    /// - Throws: a problem for a target that is too long, and for a request that does not name its
    ///   host once (RFC 9112, section 3.2).
    init(_ head: HTTPRequest, limits: WebLimits) throws {
        let target = head.path ?? ""
        guard target.utf8.count <= limits.targetBytes else {
            throw Problem(
                414, "target_too_long",
                "path and query together must have at most \(limits.targetBytes) bytes")
        }
        guard let authority = head.authority, !authority.isEmpty, head.headerFields[.host] == nil
        else {
            throw Problem(400, "malformed_request", "the request must name its host once")
        }
        let question = target.utf8.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
        path = target[..<question]
        query = target[question...].dropFirst()
    }
}
