import HTTPTypes
import NIOCore
import TCWire

/// What a handler answers.
public struct WebResponse: Sendable {
    public let status: Int
    var fields: HTTPFields
    let buffer: ByteBuffer

    /// A JSON object, not to be cached unless `cacheControl` says so.
    ///
    /// - Parameter write: writes the whole value.
    public static func json(
        _ status: Int = 200, cacheControl: String = "no-store",
        _ write: (inout JSONWriter) throws -> Void
    ) rethrows -> WebResponse {
        var json = JSONWriter()
        try write(&json)
        return bytes(status, "application/json", cacheControl: cacheControl, json)
    }

    /// A body of any media type.
    public static func text(
        _ text: String, _ mediaType: String, status: Int = 200, cacheControl: String = "no-store"
    ) -> WebResponse {
        WebResponse(
            status: status, fields: [.contentType: mediaType, .cacheControl: cacheControl],
            buffer: ByteBuffer(string: text))
    }

    /// No body.
    public static func empty(_ status: Int = 204) -> WebResponse {
        WebResponse(status: status, fields: [.cacheControl: "no-store"], buffer: ByteBuffer())
    }

    /// A redirection that the client follows with GET.
    ///
    /// - Parameter location: a URI of visible ASCII.
    public static func redirect(to location: String) -> WebResponse {
        WebResponse(
            status: 303, fields: [.location: location, .cacheControl: "no-store"],
            buffer: ByteBuffer())
    }

    static func bytes(
        _ status: Int, _ mediaType: String, cacheControl: String, _ json: JSONWriter
    ) -> WebResponse {
        WebResponse(
            status: status, fields: [.contentType: mediaType, .cacheControl: cacheControl],
            buffer: json.withBytes { ByteBuffer(bytes: $0) })
    }

    /// The same with one more header field.
    ///
    /// - Parameters:
    ///   - name: letters, digits and `-`; anything else is a mistake in the program.
    ///   - value: without line ends, which are replaced by blanks.
    public func with(header name: String, _ value: String) -> WebResponse {
        guard let name = HTTPField.Name(name) else {
            preconditionFailure("'\(name)' is not the name of a header field")
        }
        var copy = self
        copy.fields.append(HTTPField(name: name, value: value))
        return copy
    }

    /// The same with a cookie for the client to keep or to drop.
    public func with(cookie: Cookie) -> WebResponse { with(header: "set-cookie", cookie.text) }

    /// The bytes of the body.
    public var body: [UInt8] { Array(buffer.readableBytesView) }

    /// The value of a header field, nil where it is absent.
    public func header(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { fields[$0] }
    }
}
