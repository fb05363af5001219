import TCWire

/// A command's schemas as JSON Schema documents, draft 2020-12.
extension CommandSchema {
    static let dialect = "https://json-schema.org/draft/2020-12/schema"

    /// The parts of a command's schema.
    enum Part: String, CaseIterable {
        case input, output, errors
    }

    /// The parts that this command has.
    var parts: [Part] {
        Part.allCases.filter { part in
            switch part {
            case .input, .errors: input != nil
            case .output: output != nil
            }
        }
    }

    /// All parts of the schema of the command `name` in one document, each under `$defs`.
    func write(name: String, to json: inout JSONWriter) {
        json.beginObject()
        json.key("$schema")
        json.string(CommandSchema.dialect)
        json.key("title")
        json.string(name)
        json.key("$defs")
        json.beginObject()
        for part in parts {
            json.key(part.rawValue)
            json.beginObject()
            writeFields(part, to: &json)
            json.endObject()
        }
        json.endObject()
        json.endObject()
    }

    /// One part as a document that validates one line.
    func write(_ part: Part, name: String, to json: inout JSONWriter) {
        json.beginObject()
        json.key("$schema")
        json.string(CommandSchema.dialect)
        writeFields(part, to: &json)
        json.endObject()
    }

    private func writeFields(_ part: Part, to json: inout JSONWriter) {
        switch part {
        // A known field that is null counts as absent where it is read.
        case .input: input?.writeFields(acceptsNull: true, to: &json)
        case .output: output?.writeFields(acceptsNull: false, to: &json)
        case .errors: ErrorRecordFile.schema.writeFields(acceptsNull: false, to: &json)
        }
    }
}
