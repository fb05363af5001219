import TCCore
import TCData
import TCWire

/// What may be done with the rows of a table: `/v1/data/vehicles`, `/v1/data/vehicles/veh_1`.
extension DataRoutes {
    func routes(_ table: CatalogTable) -> [Route] {
        let rows = PathPattern("/v1/data/\(table.name)")
        let row = PathPattern("/v1/data/\(table.name)/{key}")
        return [listing(table, rows), getting(table, row)]
            + (table.writers.map { writing(table, rows, row, .roles($0)) } ?? [])
    }

    private func listing(_ table: CatalogTable, _ path: PathPattern) -> Route {
        Route(
            .get, path, "Rows of '\(table.name)'",
            parameters: [
                .query(
                    "filter", .text(2...65_536),
                    "conditions as JSON: {\"soc_pct\":{\"lt\":20},\"owner\":\"usr_7\"}"),
                .query(
                    "order", .text(1...1024),
                    "columns with commas, - before one for the highest first"),
            ] + DataRoutes.pageParameters + DataRoutes.freshness, access: access(table.reading),
            answers: DataRoutes.pageAnswers
        ) { request in
            let order = request.parameters["order"]?.string.map { order in
                KeysetOrder(order.split(separator: ",").map { .init(text: String($0)) })
            }
            let list = ListRequest(
                filters: try RowFilter.read(try request.object("filter")), order: order)
            return request.answer(try await data.list(table, list, try request.readOptions()))
        }
    }

    private func getting(_ table: CatalogTable, _ path: PathPattern) -> Route {
        Route(
            .get, path, "A row of '\(table.name)'",
            parameters: [DataRoutes.key(table)] + DataRoutes.freshness,
            access: access(table.reading),
            answers: [
                200: .record(DataRoutes.row, "the row"),
                304: .empty("the row is the one that the client has"), 404: .noSuchRow,
                422: .problem("the key is none of this table"),
            ]
        ) { request in
            let page = try await data.get(
                table, try request.key(table), try request.readOptions())
            guard page.rows > 0 else { throw Problem.noSuch("row") }
            let etag = RowDigest(of: page.lines).etag
            if RowDigest.matches(request.header("if-none-match"), etag) {
                return WebResponse.empty(304).with(header: "etag", etag)
            }
            return WebResponse.json(cacheControl: "no-cache") { json in
                page.lines.dropLast().withUnsafeBufferPointer { json.raw($0) }
            }.with(header: "etag", etag)
        }
    }

    private func writing(
        _ table: CatalogTable, _ rows: PathPattern, _ row: PathPattern, _ access: RouteAccess
    ) -> [Route] {
        var routes: [Route] = []
        if table.operations.contains(.insert) {
            routes.append(
                Route(
                    .post, rows, "Add a row to '\(table.name)'", body: DataRoutes.row,
                    access: access,
                    answers: [
                        201: .record(DataRoutes.outcome, "it was added"), 409: .exists,
                        422: .refusedRow,
                    ]
                ) { request in
                    try DataAnswers.answer(
                        try await data.apply(.row(.insert, table, request.body)), status: 201)
                })
        }
        for (method, operation, summary) in [
            (
                WebMethod.put, CatalogTable.Operation.upsert,
                "Add or change a row of '\(table.name)'"
            ),
            (.patch, .update, "Change a row of '\(table.name)'"),
        ] where table.operations.contains(operation) {
            routes.append(
                Route(
                    method, row, summary,
                    parameters: [DataRoutes.key(table), DataRoutes.ifMatch], body: DataRoutes.row,
                    access: access, answers: DataRoutes.changeAnswers
                ) { request in
                    let changed = try request.key(table, with: request.body)
                    return try DataAnswers.answer(
                        try await data.apply(
                            .row(operation, table, changed), onlyIf: request.ifMatch))
                })
        }
        if table.operations.contains(.delete) {
            routes.append(
                Route(
                    .delete, row, "Remove a row of '\(table.name)'",
                    parameters: [DataRoutes.key(table), DataRoutes.ifMatch], access: access,
                    answers: DataRoutes.changeAnswers
                ) { request in
                    try DataAnswers.answer(
                        try await data.apply(
                            .row(.delete, table, try request.key(table)), onlyIf: request.ifMatch))
                })
        }
        return routes
    }

    private static func key(_ table: CatalogTable) -> RouteParameter {
        .path(
            "key", .text(1...4096),
            table.key.count == 1
                ? "its \(table.key[0])"
                : "its \(table.key.joined(separator: ", ")) as a JSON array")
    }

    private static let ifMatch = RouteParameter.header(
        "if-match", .text(1...256), "an ETag: nothing is done unless the row is still that one")

    private static let changeAnswers: [Int: RouteAnswer] = [
        200: .record(outcome, "it was done"), 404: .noSuchRow, 409: .exists,
        412: .problem("the row is another one by now"), 422: .refusedRow,
    ]
}

extension WebRequest {
    /// The columns of the key, from the path.
    fileprivate func key(
        _ table: CatalogTable, with row: JSONObject = JSONObject()
    ) throws(TCError) -> JSONObject {
        let text = pathText("key")
        var key = row
        guard table.key.count > 1 else {
            key[table.key[0]] = try table.columnType(table.key[0]).json(text)
            return key
        }
        guard let values = (try? JSONReader.parse(text))?.array, values.count == table.key.count
        else {
            throw TCError(
                .badInput,
                "the key must be a JSON array of \(table.key.joined(separator: ", ")), got '\(text)'"
            )
        }
        for (name, value) in zip(table.key, values) { key[name] = value }
        return key
    }

    /// The row that the client believes to be there.
    fileprivate var ifMatch: RowDigest? { header("if-match").flatMap(RowDigest.init(etag:)) }
}

extension RouteAnswer {
    fileprivate static let noSuchRow = RouteAnswer.problem("there is no such row")
    fileprivate static let exists = RouteAnswer.problem(
        "a row with this key, or a value that must be the only one, is there already")
    fileprivate static let refusedRow = RouteAnswer.problem(
        "a field is no column, has another type, or a constraint refuses it")
}
