import TCWire

/// The routes that every server has besides those of its services.
enum ServerRoutes {
    private static let readiness = RecordSchema(
        "whether the server can do its work",
        [
            .required(
                "status", .oneOf(["ready", "not_ready", "draining"]),
                "whether everything that it cannot do without answers"),
            .required(
                "checks",
                .array(
                    .object(
                        RecordSchema(
                            "a check",
                            [
                                .required("name", .string, "the service and what was checked"),
                                .required(
                                    "outcome", .oneOf(["passed", "failed", "timed_out"]),
                                    "how it ended"),
                            ]))), "each thing that should answer"),
        ])

    /// - Parameter document: what `/openapi.json` answers.
    static func all(
        readiness: Readiness, metrics: Metrics, document: @escaping @Sendable () -> WebResponse
    ) -> [Route] {
        [
            Route(
                .get, "/healthz", "Whether the process answers", access: .public,
                answers: [
                    200: .record(
                        RecordSchema("a sign of life", [.required("status", .string, "ok")]),
                        "it does")
                ], isRateLimited: false
            ) { _ in
                .json { json in
                    json.beginObject()
                    json.key("status")
                    json.string("ok")
                    json.endObject()
                }
            },
            Route(
                .get, "/readyz", "Whether the engines answer", access: .public,
                answers: [
                    200: .record(self.readiness, "all do that it cannot do without"),
                    503: .record(self.readiness, "one of them does not, or the server is ending"),
                ], isRateLimited: false
            ) { _ in answer(await readiness.report(), isDraining: readiness.isDraining) },
            Route(
                .get, "/metrics", "What has been counted, for Prometheus", access: .public,
                answers: [200: .text("text/plain; version=0.0.4", "the text format 0.0.4")],
                isRateLimited: false
            ) { _ in .text(metrics.exposition(), "text/plain; version=0.0.4; charset=utf-8") },
            Route(
                .get, "/openapi.json", "This description", access: .public,
                answers: [
                    200: .record(
                        RecordSchema("an OpenAPI 3.1 document", [], allowsOthers: true),
                        "every route")
                ], isRateLimited: false
            ) { _ in document() },
        ]
    }

    private static func answer(_ report: Readiness.Report, isDraining: Bool) -> WebResponse {
        let isReady = report.isReady && !isDraining
        let response = WebResponse.json(isReady ? 200 : 503) { json in
            json.beginObject()
            json.key("status")
            json.string(isDraining ? "draining" : isReady ? "ready" : "not_ready")
            json.key("checks")
            json.beginArray()
            for (name, _, outcome) in report.outcomes {
                json.beginObject()
                json.key("name")
                json.string(name)
                json.key("outcome")
                json.string(outcome.word)
                json.endObject()
            }
            json.endArray()
            json.endObject()
        }
        return isReady ? response : response.with(header: "retry-after", "1")
    }
}
