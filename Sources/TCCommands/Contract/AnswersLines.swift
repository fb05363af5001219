import ArgumentParser
import TCCore
import TCWire

/// A command that answers each record with a record: of a line of input, or of its flags.
protocol AnswersLines: ReadsLines, PrintsRecords {
    /// The fields of a record that flags give. One that identifies makes the flags the only record;
    /// else they are for every line that does not say otherwise.
    var flagFields: [FlagField] { get throws }
}

/// A field of a record that a flag gives.
struct FlagField {
    let name: String
    /// Nil where the flag was not given.
    let value: JSONValue?
    /// Whether it says which record is meant.
    let identifies: Bool

    /// What is asked about.
    static func subject(_ name: String, _ text: String?) -> FlagField {
        FlagField(name: name, value: text.map { .string($0) }, identifies: true)
    }

    /// What is to be done with it.
    static func detail(_ name: String, _ text: String?) -> FlagField {
        FlagField(name: name, value: text.map { .string($0) }, identifies: false)
    }

    /// A flag that is there or not.
    static func detail(_ name: String, _ flag: Bool) -> FlagField {
        FlagField(name: name, value: flag ? .bool(true) : nil, identifies: false)
    }
}

extension AnswersLines {
    var flagFields: [FlagField] { [] }

    var flagRecord: JSONObject? {
        get throws {
            let fields = try flagFields
            guard fields.contains(where: { $0.identifies && $0.value != nil }) else { return nil }
            var record = JSONObject()
            for field in fields { record[field.name] = field.value }
            return record
        }
    }

    /// Answers every record with what `body` makes of it, in the order of the input, and with those
    /// fields of the input that an answer has and this one does not say itself; none that is secret.
    ///
    /// - Parameter body: gets a record that is what the command's schema says.
    /// - Returns: `negative` where an answer was.
    nonisolated(nonsending) func answer(
        _ context: CommandContext, _ body: (JSONObject) async throws -> any RecordOutcome
    ) async throws -> ExitStatus {
        let defaults = try context.flagRecord == nil ? flagFields : []
        guard let schema = Self.schema.input, let answers = Self.schema.output else {
            preconditionFailure("a command that answers lines says what they are")
        }
        let echoed = schema.fields.filter { field in
            !field.isSecret && answers.fields.contains { $0.name == field.name }
        }.map(\.name)
        var isNegative = false
        let summary = try await context.forEachRecord { line in
            var record = line
            for field in defaults where record[field.name] == nil {
                record[field.name] = field.value
            }
            try schema.check(record)
            let outcome = try await body(record)
            isNegative = isNegative || outcome.isNegative
            try context.output.write(lines: outcome.line(echoing: echoed, of: record))
        }
        if context.flagRecord == nil { context.summarise(summary) }
        return isNegative ? .negative : .done
    }
}

extension RecordSchema {
    /// Throws `.badInput` with the first fault of a record.
    func check(_ record: JSONObject) throws(TCError) {
        if let fault = faults(in: record, limit: 1).first {
            throw TCError(.badInput, fault.message)
        }
    }
}

extension JSONRecord {
    /// The record as a line, behind those fields of the input that it does not say itself.
    func line(echoing names: [String], of input: JSONObject) -> [UInt8] {
        let echoed = names.filter { input[$0] != nil }
        var own = JSONWriter()
        write(to: &own)
        // A record that is no JSON would be a defect of `JSONWriter`.
        guard !echoed.isEmpty, let members = own.withBytes({ try? JSONReader.parse($0) })?.object
        else { return line }
        var answer = JSONObject()
        for name in echoed where members[name] == nil { answer[name] = input[name] }
        for member in members.members { answer[member.key] = member.value }
        var writer = JSONWriter()
        writer.object(answer)
        writer.newline()
        return writer.bytes
    }

    /// The record as a line.
    var line: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        writer.newline()
        return writer.bytes
    }
}
