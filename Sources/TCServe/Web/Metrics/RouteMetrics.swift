/// What is counted for one route: how long each class of answers took, which counts them too.
struct RouteMetrics: Sendable {
    private let classes: [Histogram]

    /// - Parameter route: the path as it was declared; whatever is no route has one name together.
    init(method: String, route: String, in metrics: Metrics) {
        classes = (1...5).map { digit in
            metrics.histogram(
                "http_request_duration_seconds", "How long answers took, by route and class.",
                [("method", method), ("route", route), ("status", "\(digit)xx")])
        }
    }

    func record(status: Int, seconds: Double) { classes[status / 100 - 1].record(seconds) }
}
