/// Finds the route of a request.
///
/// A tree by segments of the path; fixed text goes before a parameter, at each level alone: a path
/// that fixed text leads into is not tried again by way of a parameter, so a look-up costs one step a
/// segment.
struct Router: Sendable {
    /// What a path leads to.
    enum Match {
        case route(BoundRoute, [Substring])
        /// The path is there and not with this method; these are.
        case otherMethods([String])
        case nothing
    }

    private struct Node: Sendable {
        var fixed: [Substring: Node] = [:]
        var parameter: [Node] = []
        var routes: [BoundRoute] = []
    }

    private var root = Node()
    /// Paths without parameters, whole: most requests end here.
    private var whole: [Substring: [BoundRoute]] = [:]

    /// - Parameter routes: distinct by method and path; a repeated one is a mistake in the program.
    init(_ routes: [BoundRoute]) {
        for route in routes {
            Router.insert(route, route.route.path.segments[...], into: &root)
            if route.route.path.parameterNames.isEmpty {
                whole[Substring(route.route.path.text), default: []].append(route)
            }
        }
    }

    private static func insert(
        _ route: BoundRoute, _ segments: ArraySlice<PathPattern.Segment>, into node: inout Node
    ) {
        switch segments.first {
        case nil:
            precondition(
                !node.routes.contains { $0.route.method == route.route.method },
                "two routes answer \(route.route.method.rawValue) \(route.route.path.text)")
            node.routes.append(route)
        case .fixed(let text):
            insert(route, segments.dropFirst(), into: &node.fixed[Substring(text), default: Node()])
        case .parameter:
            if node.parameter.isEmpty { node.parameter.append(Node()) }
            insert(route, segments.dropFirst(), into: &node.parameter[0])
        }
    }

    /// - Parameters:
    ///   - method: as it came; HEAD finds what GET does.
    ///   - path: as it came, without the query; segments are compared byte by byte, percent signs
    ///     included, and handed over undecoded.
    func match(_ method: String, _ path: Substring) -> Match {
        var values: [Substring] = []
        guard let routes = whole[path] ?? walk(path, &values), !routes.isEmpty else {
            return .nothing
        }
        let wanted = method == "HEAD" ? "GET" : method
        if let route = routes.first(where: { $0.route.method.rawValue == wanted }) {
            return .route(route, values)
        }
        var methods = routes.map(\.route.method.rawValue)
        if methods.contains("GET") { methods.append("HEAD") }
        return .otherMethods(methods.sorted())
    }

    private func walk(_ path: Substring, _ values: inout [Substring]) -> [BoundRoute]? {
        guard path.utf8.first == UInt8(ascii: "/") else { return nil }
        var node = root
        for segment in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            if let next = node.fixed[segment] {
                node = next
            } else if let next = node.parameter.first, !segment.isEmpty {
                values.append(segment)
                node = next
            } else {
                return nil
            }
        }
        return node.routes
    }
}

/// A route with what the server keeps for it.
struct BoundRoute: Sendable {
    let route: Route
    let service: WebService
    let metrics: RouteMetrics
}
