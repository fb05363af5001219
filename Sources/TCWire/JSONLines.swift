import TCCore

extension LineReader.Line {
    /// The line read as a JSON object, or why it is none.
    public var record: Result<JSONObject, LineFault> {
        if let fault { return .failure(fault) }
        do throws(JSONError) {
            let value = try JSONReader.parse(bytes)
            if case .object(let object) = value { return .success(object) }
            return .failure(
                LineFault(
                    reason: .wrongType,
                    message: "a record must be a JSON object, got \(value.kindName)"))
        } catch {
            return .failure(LineFault(reason: error.reason, message: error.description))
        }
    }
}
