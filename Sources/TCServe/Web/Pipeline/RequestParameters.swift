import HTTPTypes
import TCWire

extension Route {
    /// The values of the parameters that are present, each of the type declared.
    ///
    /// - Parameters:
    ///   - segments: what stood in the place of the path's names, in their order, as it came.
    ///   - query: as it came.
    /// - Throws: a problem that names each parameter that is absent or wrong.
    func values(
        _ segments: [Substring], query: Substring, fields: HTTPFields
    ) throws -> [String: JSONValue] {
        guard !parameters.isEmpty else { return [:] }
        let inQuery = parameters.filter { $0.place == .query }.map(\.name)
        guard let query = PercentEncoding.query(query, inQuery) else {
            throw Problem.parameters([
                FieldFault(pointer: "", message: "the query must be percent-encoded UTF-8")
            ])
        }
        var values: [String: JSONValue] = [:]
        var faults: [FieldFault] = []
        for parameter in parameters {
            let text: String?
            switch parameter.place {
            case .path:
                let index = path.parameterNames.firstIndex(of: parameter.name)
                text = index.flatMap { PercentEncoding.decode(segments[$0]) }
            case .query: text = query[parameter.name]
            case .header: text = HTTPField.Name(parameter.name).flatMap { fields[$0] }
            case .cookie: continue
            }
            guard let text else {
                if parameter.isRequired {
                    faults.append(
                        FieldFault(
                            pointer: "/\(parameter.name)",
                            message: "'\(parameter.name)' is missing or not percent-encoded UTF-8"))
                }
                continue
            }
            let value = parameter.type.value(of: text)
            values[parameter.name] = value
            if let fault = parameter.type.fault(
                in: value, named: parameter.name, isSecret: parameter.isSecret)
            {
                faults.append(fault)
            }
        }
        guard faults.isEmpty else { throw Problem.parameters(faults) }
        return values
    }
}

extension Problem {
    fileprivate static func parameters(_ faults: [FieldFault]) -> Problem {
        Problem(400, "invalid_parameters", faults[0].message, faults: faults)
    }
}

extension RecordSchema.FieldType {
    /// The value that a text stands for where nothing but text can be sent; the text itself where it
    /// is none of this type.
    fileprivate func value(of text: String) -> JSONValue {
        switch self {
        case .integer, .number, .timeIn:
            // What is no JSON number stays text, and is refused as such if it must be.
            if case .number(let number)? = try? JSONReader.parse(text) { return .number(number) }
            return .string(text)
        case .boolean:
            switch text {
            case "true": return .bool(true)
            case "false": return .bool(false)
            default: return .string(text)
            }
        default: return .string(text)
        }
    }
}
