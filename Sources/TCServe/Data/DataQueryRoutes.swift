import TCCore
import TCData
import TCWire

/// Queries and statements by name: `/v1/query/vehicles_by_owner`, `/v1/statement/rename_vehicle`.
extension DataRoutes {
    func routes(_ query: CatalogQuery) -> [Route] {
        [
            Route(
                .get, PathPattern("/v1/query/\(query.name)"), "Ask '\(query.name)'",
                parameters: [
                    .query("params", .text(2...65_536), "the parameters as a JSON object")
                ] + DataRoutes.pageParameters + DataRoutes.freshness,
                access: access(query.reading), answers: DataRoutes.pageAnswers
            ) { request in
                let page = try await data.query(
                    query, try request.object("params"), try request.readOptions())
                return request.answer(page)
            }
        ]
    }

    func routes(_ statement: CatalogStatement) -> [Route] {
        guard let writers = statement.writers else { return [] }
        return [
            Route(
                .post, PathPattern("/v1/statement/\(statement.name)"), "Run '\(statement.name)'",
                body: RecordSchema("its parameters by name", [], allowsOthers: true),
                access: .roles(writers),
                answers: [
                    200: .record(DataRoutes.outcome, "it has run"),
                    409: .problem("a row is there already"),
                    422: .problem("a parameter is missing, unknown or of another type"),
                ]
            ) { request in
                try DataAnswers.answer(try await data.apply(.statement(statement, request.body)))
            }
        ]
    }
}

/// What changes are to a caller: a positive outcome is answered as its record, a negative one as a
/// problem.
enum DataAnswers {
    static func answer(
        _ outcome: DataChangeOutcome, status: Int = 200
    ) throws -> WebResponse {
        switch outcome.result {
        case .inserted, .upserted, .updated, .deleted, .done:
            return .json(status) { outcome.write(to: &$0) }
        case .exists:
            throw Problem(
                409, outcome.status, "the row, or a value that must be the only one, exists")
        case .notFound: throw Problem.noSuch("row")
        case .another: throw Problem(412, outcome.status, "the row is another one by now")
        case .unknown:
            throw Problem(
                503, outcome.status, "the database did not say whether the change was made",
                hint: "look whether it is there before you try again")
        }
    }
}
