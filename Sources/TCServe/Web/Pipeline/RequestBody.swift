import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTP1
import TCWire

/// The client has gone before its request was whole; there is nobody to answer.
struct ClientGone: Error {}

extension Route {
    /// Reads the body and checks it against the schema; an empty object where the route takes none.
    ///
    /// - Parameter isExpected: false once a client that waits for leave to send its body has it.
    /// - Throws: a problem that says what is wrong; `ClientGone`.
    func body(
        of request: Request, writer: borrowing ResponseWriter, isExpected: inout Bool
    ) async throws -> JSONObject {
        guard let schema = body else { return JSONObject() }
        try checkKind(request.headers)
        let length = request.headers[.contentLength].flatMap { Int($0) }
        if let length, length > bodyLimit { throw tooLarge }
        if isExpected {
            try await writer.writeInformationalHead(HTTPResponse(status: .continue))
            isExpected = false
        }
        let bytes = try await collect(request.body, expecting: length ?? 0)
        let value: JSONValue
        do {
            value = try bytes.withUnsafeReadableBytes { bytes throws(JSONError) in
                try JSONReader.parse(bytes.assumingMemoryBound(to: UInt8.self))
            }
        } catch {
            throw Problem(
                400, "malformed_json",
                bytes.readableBytes == 0
                    ? "the body is empty; it must be \(schema.title)" : error.description)
        }
        guard let record = value.object else {
            throw Problem(
                422, "invalid_fields",
                "the body must be an object, \(schema.title), got \(value.kindName)")
        }
        let faults = schema.faults(in: record)
        guard faults.isEmpty else {
            throw Problem(422, "invalid_fields", faults[0].message, faults: faults)
        }
        return record
    }

    private func checkKind(_ fields: HTTPFields) throws {
        let type = fields[.contentType] ?? ""
        let media = type.prefix { $0 != ";" && $0 != " " }
        guard media.lowercased() == "application/json" else {
            throw Problem(
                415, "media_type", "the content type must be application/json",
                headers: [("Accept", "application/json")])
        }
        guard fields[.contentEncoding] == nil else {
            throw Problem(
                415, "content_encoding", "the body must be sent without a content encoding",
                headers: [("Accept-Encoding", "identity")])
        }
    }

    private func collect(_ body: RequestBody, expecting: Int) async throws -> ByteBuffer {
        var whole: ByteBuffer?
        do {
            for try await part in body {
                guard (whole?.readableBytes ?? 0) + part.readableBytes <= bodyLimit else {
                    throw tooLarge
                }
                // Most bodies come in one piece, which is then taken as it is.
                if whole?.writeImmutableBuffer(part) == nil { whole = part }
            }
        } catch let error as HTTPParserError {
            throw Problem(parserError: error) ?? ClientGone()
        } catch let error as Problem {
            throw error
        } catch {
            throw ClientGone()
        }
        return whole ?? ByteBuffer()
    }

    private var tooLarge: Problem {
        Problem(413, "body_too_large", "the body must have at most \(bodyLimit) bytes")
    }
}
