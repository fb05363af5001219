import TCCore
import TCData
import TCStore
import TCWire

/// The routes of a catalogue. Each file beside this one adds a group.
struct DataRoutes: Sendable {
    let data: DataService

    var all: [Route] {
        data.catalog.tables.flatMap(routes) + data.catalog.queries.flatMap(routes)
            + data.catalog.statements.flatMap(routes)
    }

    /// Who may read.
    func access(_ terms: ReadTerms) -> RouteAccess { terms.roles.map(RouteAccess.roles) ?? .user }

    /// How a page is asked for.
    static let pageParameters: [RouteParameter] = [
        .query("limit", .integer(1...100), "rows of a page; 100 if absent"),
        .query("cursor", .text(1...8192), "'next' of the page before"),
    ]

    /// How fresh an answer must be.
    static let freshness: [RouteParameter] = [
        .query("max_lag", .text(1...32), "how far behind a replica may be: 500ms"),
        .query("min_lsn", .text(3...17), "a position that must have been seen"),
        .header("if-none-match", .text(1...256), "an ETag: the answer is empty if it still holds"),
        .header("accept", .text(1...1024), "application/x-ndjson for rows as lines"),
    ]

    /// What pages are answered with.
    static let pageAnswers: [Int: RouteAnswer] = [
        200: .record(
            RecordSchema(
                "a page",
                [
                    .required(
                        "rows", .array(.object(RecordSchema("a row", [], allowsOthers: true))),
                        "the rows"),
                    .required(
                        "_meta", .object(RecordSchema("about them", [], allowsOthers: true)),
                        "where they came from, how old they are, and where the next page begins"),
                ]), "a page of rows; with Accept: application/x-ndjson a line for each, then _meta"),
        304: .empty("the rows are those that the client has"),
        422: .problem("a parameter, a filter or a cursor cannot be used"),
    ]

    static let row = RecordSchema("a row", [], allowsOthers: true)
    static let outcome = RecordSchema(
        "what came of it",
        [
            .required("status", .string, "inserted, upserted, updated, deleted or done"),
            .optional("lsn", .string, "a position that has seen the change, for min_lsn"),
        ], allowsOthers: true)
}

extension WebRequest {
    /// How a question is to be answered, as the parameters say.
    func readOptions() throws -> ReadOptions {
        var options = ReadOptions()
        if let limit = parameters["limit"]?.number?.int64 { options.limit = Int(limit) }
        options.cursor = parameters["cursor"]?.string
        if let text = parameters["max_lag"]?.string {
            guard let lag = Duration(text: text) else {
                throw TCError(
                    .badInput, "'max_lag' must be a duration such as 500ms, got '\(text)'")
            }
            options.maxLag = lag
        }
        options.minLSN = try parameters["min_lsn"]?.string.map { try LSN(text: $0) }
        return options
    }

    /// The object that a parameter has as JSON; an empty one where it is absent.
    func object(_ name: String) throws(TCError) -> JSONObject {
        guard let text = parameters[name]?.string else { return JSONObject() }
        guard let object = (try? JSONReader.parse(text))?.object else {
            throw TCError(.badInput, "'\(name)' must be a JSON object")
        }
        return object
    }

    /// Whether the client would rather have lines.
    private var wantsLines: Bool {
        header("accept")?.split(separator: ",").contains {
            $0.split(separator: ";").first?.trimmed == "application/x-ndjson"
        } ?? false
    }

    /// A page as this client wants it, or word that it has it already.
    func answer(_ page: DataPage) -> WebResponse {
        let etag = RowDigest(of: page.lines + Array((page.next ?? "").utf8)).etag
        if RowDigest.matches(header("if-none-match"), etag) {
            return WebResponse.empty(304).with(header: "etag", etag)
        }
        if wantsLines {
            return .text(
                String(decoding: page.lines + page.metaLine, as: UTF8.self),
                "application/x-ndjson", cacheControl: "no-cache"
            ).with(header: "etag", etag)
        }
        return WebResponse.json(cacheControl: "no-cache") { json in
            json.beginObject()
            json.key("rows")
            json.beginArray()
            for line in page.lines.split(separator: 0x0A) {
                line.withUnsafeBufferPointer { json.raw($0) }
            }
            json.endArray()
            json.key("_meta")
            page.writeMeta(to: &json)
            json.endObject()
        }.with(header: "etag", etag)
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var rest = self
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return rest
    }
}
