import TCCore
import TCWire
import Testing

@testable import TCServe

struct RouterTests {
    private let router: Router

    init() {
        let routes: [(WebMethod, PathPattern)] = [
            (.get, "/"), (.get, "/v1/users"), (.post, "/v1/users"), (.get, "/v1/users/me"),
            (.get, "/v1/users/{user_id}"), (.delete, "/v1/users/{user_id}"),
            (.get, "/v1/users/{user_id}/sessions/{session_id}"),
        ]
        let metrics = Metrics()
        let service = WebService("test", routes: [])
        router = Router(
            routes.map { method, path in
                BoundRoute(
                    route: Route(
                        method, path, "",
                        parameters: path.parameterNames.map { .path($0, .string, "") },
                        access: .public, answers: [:], handler: { _ in .empty() }),
                    service: service,
                    metrics: RouteMetrics(method: method.rawValue, route: path.text, in: metrics))
            })
    }

    /// What a match comes to, in words.
    private func found(_ method: String, _ path: String) -> String {
        switch router.match(method, path[...]) {
        case .route(let bound, let values):
            ([bound.route.method.rawValue, bound.route.path.text] + values.map(String.init))
                .joined(separator: " ")
        case .otherMethods(let methods): "only " + methods.joined(separator: " ")
        case .nothing: "nothing"
        }
    }

    @Test(arguments: [
        ("GET", "/", "GET /"),
        ("GET", "/v1/users", "GET /v1/users"),
        ("HEAD", "/v1/users", "GET /v1/users"),
        ("POST", "/v1/users", "POST /v1/users"),
        ("PUT", "/v1/users", "only GET HEAD POST"),
        ("brew", "/v1/users", "only GET HEAD POST"),
        ("GET", "/v1/users/", "nothing"),
        ("GET", "//v1/users", "nothing"),
        ("GET", "/v1/users/me", "GET /v1/users/me"),
        ("GET", "/v1/users/usr_1", "GET /v1/users/{user_id} usr_1"),
        ("GET", "/v1/users/%6de", "GET /v1/users/{user_id} %6de"),
        ("DELETE", "/v1/users/usr_1", "DELETE /v1/users/{user_id} usr_1"),
        ("POST", "/v1/users/usr_1", "only DELETE GET HEAD"),
        (
            "GET", "/v1/users/a/sessions/b",
            "GET /v1/users/{user_id}/sessions/{session_id} a b"
        ),
        ("GET", "/v1/users/a/sessions/", "nothing"),
        ("GET", "/v1/users/a/sessions", "nothing"),
        ("GET", "/v1/users/a/sessions/b/c", "nothing"),
        ("GET", "/v1", "nothing"),
        ("GET", "", "nothing"),
        ("GET", "v1/users", "nothing"),
        ("OPTIONS", "*", "nothing"),
    ])
    func `a path leads to its route`(method: String, path: String, to place: String) {
        #expect(found(method, path) == place)
    }

    @Test(arguments: [
        ("abc", "abc"), ("a%20b", "a b"), ("%C3%a9", "é"), ("a+b", "a+b"), ("%", nil), ("%4", nil),
        ("%zz", nil), ("%ff", nil), ("a%00b", nil), ("", ""),
    ])
    func `percent-encoding is undone or refused`(text: String, decoded: String?) {
        #expect(PercentEncoding.decode(text[...]) == decoded)
    }

    @Test(arguments: [
        ("a=1&b=2", ["a": "1", "b": "2"]), ("a=1&a=2", ["a": "1"]), ("a", ["a": ""]),
        ("%61=x+y%2B", ["a": "x y+"]), ("c=%ff&a=1", ["a": "1"]), ("", [:]),
        ("&&=&a==", ["a": "="]),
        ("a=%ff", nil), ("b=%0", nil),
    ])
    func `of a query the names asked for are read`(query: String, values: [String: String]?) {
        #expect(PercentEncoding.query(query[...], ["a", "b"]) == values)
    }
}
