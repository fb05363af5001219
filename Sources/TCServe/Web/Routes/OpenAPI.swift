import TCWire

/// What the routes declare, as an OpenAPI 3.1 document, whose schemas are JSON Schema 2020-12 as those
/// of the commands are.
struct OpenAPI {
    let title: String
    let version: String
    /// With the name of the service that each belongs to.
    let routes: [BoundRoute]

    /// The whole document.
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("openapi")
        json.string("3.1.0")
        json.key("info")
        json.beginObject()
        json.key("title")
        json.string(title)
        json.key("version")
        json.string(version)
        json.endObject()
        json.key("paths")
        json.beginObject()
        for (path, routes) in byPath {
            json.key(path)
            json.beginObject()
            for bound in routes {
                json.key(bound.route.method.rawValue.lowercased())
                write(bound, to: &json)
            }
            json.endObject()
        }
        json.endObject()
        writeComponents(to: &json)
        json.endObject()
    }

    /// In the order in which each path first appears.
    private var byPath: [(path: String, routes: [BoundRoute])] {
        var groups: [(path: String, routes: [BoundRoute])] = []
        for bound in routes {
            let path = bound.route.path.text
            if let index = groups.firstIndex(where: { $0.path == path }) {
                groups[index].routes.append(bound)
            } else {
                groups.append((path, [bound]))
            }
        }
        return groups
    }

    private func write(_ bound: BoundRoute, to json: inout JSONWriter) {
        let route = bound.route
        json.beginObject()
        json.key("tags")
        json.beginArray()
        json.string(bound.service.name)
        json.endArray()
        json.key("summary")
        json.string(route.summary)
        json.key("operationId")
        json.string(OpenAPI.operationID(route))
        if !route.parameters.isEmpty {
            json.key("parameters")
            json.beginArray()
            for parameter in route.parameters { write(parameter, to: &json) }
            json.endArray()
        }
        if let body = route.body {
            json.key("requestBody")
            json.beginObject()
            json.key("required")
            json.bool(true)
            writeContent("application/json", to: &json) {
                body.writeFields(acceptsNull: true, to: &$0)
            }
            json.endObject()
        }
        if route.access != .public {
            json.key("security")
            json.beginArray()
            json.beginObject()
            json.key("bearer")
            json.beginArray()
            json.endArray()
            json.endObject()
            json.endArray()
        }
        writeAnswers(bound, to: &json)
        json.endObject()
    }

    private func write(_ parameter: RouteParameter, to json: inout JSONWriter) {
        json.beginObject()
        json.key("name")
        json.string(parameter.name)
        json.key("in")
        json.string(parameter.place.rawValue)
        json.key("description")
        json.string(parameter.doc)
        json.key("required")
        json.bool(parameter.isRequired)
        json.key("schema")
        json.beginObject()
        parameter.type.write(orNull: false, to: &json)
        json.endObject()
        json.endObject()
    }

    /// The declared answers and those of the server itself, by status.
    private func writeAnswers(_ bound: BoundRoute, to json: inout JSONWriter) {
        let problems = bound.problemStatuses.filter { bound.route.answers[$0] == nil }
        json.key("responses")
        json.beginObject()
        for status in (bound.route.answers.keys + problems).sorted() {
            json.key("\(status)")
            json.beginObject()
            guard let answer = bound.route.answers[status] else {
                json.key("$ref")
                json.string("#/components/responses/Problem")
                json.endObject()
                continue
            }
            json.key("description")
            json.string(answer.doc)
            switch answer.content {
            case .none: break
            case .record(let schema):
                writeContent("application/json", to: &json) {
                    schema.writeFields(acceptsNull: false, to: &$0)
                }
            case .text(let mediaType):
                writeContent(mediaType, to: &json) {
                    RecordSchema.FieldType.string.write(orNull: false, to: &$0)
                }
            case .problem:
                writeContent("application/problem+json", to: &json) {
                    $0.key("$ref")
                    $0.string("#/components/schemas/Problem")
                }
            }
            json.endObject()
        }
        json.endObject()
    }

    private func writeContent(
        _ mediaType: String, to json: inout JSONWriter, _ schema: (inout JSONWriter) -> Void
    ) {
        json.key("content")
        json.beginObject()
        json.key(mediaType)
        json.beginObject()
        json.key("schema")
        json.beginObject()
        schema(&json)
        json.endObject()
        json.endObject()
        json.endObject()
    }

    private func writeComponents(to json: inout JSONWriter) {
        json.key("components")
        json.beginObject()
        json.key("securitySchemes")
        json.beginObject()
        json.key("bearer")
        json.beginObject()
        json.key("type")
        json.string("http")
        json.key("scheme")
        json.string("bearer")
        json.endObject()
        json.endObject()
        json.key("schemas")
        json.beginObject()
        json.key("Problem")
        json.beginObject()
        Problem.schema.writeFields(acceptsNull: false, to: &json)
        json.endObject()
        json.endObject()
        json.key("responses")
        json.beginObject()
        json.key("Problem")
        json.beginObject()
        json.key("description")
        json.string("What went wrong: problem details (RFC 9457)")
        writeContent("application/problem+json", to: &json) {
            $0.key("$ref")
            $0.string("#/components/schemas/Problem")
        }
        json.endObject()
        json.endObject()
        json.endObject()
    }

    /// `post_v1_auth_login`: unique, since method and path are.
    private static func operationID(_ route: Route) -> String {
        let words = route.path.text.split { !$0.isLetter && !$0.isNumber }
        return ([route.method.rawValue.lowercased()] + words.map(String.init))
            .joined(separator: "_")
    }
}

extension BoundRoute {
    /// What the server itself may answer in the place of the route, beside its 404 and 405.
    var problemStatuses: [Int] {
        var statuses = [400, 414, 431, 500, 503]
        if route.body != nil { statuses += [408, 413, 415, 422] }
        if route.access != .public { statuses.append(401) }
        if case .roles = route.access { statuses.append(403) }
        if route.isRateLimited, service.rateLimit != nil { statuses.append(429) }
        return statuses
    }
}
