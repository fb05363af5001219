import Glibc
import Synchronization
import TCCore
import TCWire

/// `--errors FILE`: one JSON object for each rejected line, which can be mended and piped again.
///
/// The file is written as the command goes, not renamed at the end: what was rejected before a
/// command was killed is not lost.
final class ErrorRecordFile: Sendable {
    /// The envelope of every family.
    static var schema: RecordSchema {
        RecordSchema(
            "a rejected line",
            [
                .optional("file", .string, "the file, where several were read"),
                .required("line", .integer(1...Int64.max), "the line's number, from 1"),
                .required(
                    "error",
                    .object(
                        RecordSchema(
                            "why",
                            [
                                .required("code", .string, "a word that never changes"),
                                .required("message", .string, "the field and the reason"),
                                .optional("hint", .string, "what would be right"),
                                .required("retryable", .boolean, "whether it may succeed later"),
                            ])),
                    "why it was rejected"),
                .required(
                    "input", .anything,
                    "the line: as it came where it is JSON, else its text; null where not kept"),
            ])
    }

    let path: String
    private let secrets: Set<String>
    private let file: Mutex<OutputFile>

    /// Fields named in `secrets` are written as `"[secret]"`, however deep they stand.
    init(path: String, secrets: Set<String>) throws {
        self.path = path
        self.secrets = secrets
        file = Mutex(try OutputFile(path: path, appearsWhenWhole: false))
    }

    /// `{"line":42,"error":{"code":…,"message":…,"hint":…,"retryable":false},"input":…}`, with
    /// `"file"` first where there were several inputs.
    func write(_ rejection: Rejection, source: InputSource?) throws {
        var json = JSONWriter()
        json.beginObject()
        if let source {
            json.key("file")
            json.string(source.path)
        }
        json.key("line")
        json.int(rejection.line)
        json.key("error")
        json.beginObject()
        json.key("code")
        json.string(rejection.code)
        json.key("message")
        json.string(rejection.message)
        if let hint = rejection.hint {
            json.key("hint")
            json.string(hint)
        }
        json.key("retryable")
        json.bool(rejection.retryable)
        json.endObject()
        json.key("input")
        writeInput(rejection.input, to: &json)
        json.endObject()
        json.newline()
        let line = json.bytes
        try file.withLock { file in try line.withUnsafeBytes { try file.write($0) } }
    }

    func flush() throws { try file.withLock { try $0.flush() } }

    func finish() throws { try file.withLock { try $0.finish() } }

    /// The line as it came where it is JSON, else as a string in which U+FFFD stands for what is not
    /// UTF-8; null where it was not kept.
    private func writeInput(_ line: UnsafeBufferPointer<UInt8>, to json: inout JSONWriter) {
        if line.isEmpty { return json.null() }
        do {
            if secrets.isEmpty {
                var scanner = JSONScanner(line)
                _ = try scanner.skipValue()
                try scanner.expectEnd()
                json.raw(line)
            } else {
                json.value(withoutSecrets(try JSONReader.parse(line)))
            }
        } catch {
            // A line that cannot be read cannot be searched for secrets either.
            if secrets.isEmpty {
                json.string(String(decoding: line, as: UTF8.self))
            } else {
                json.null()
            }
        }
    }

    /// Of what is no object nothing is known, so it is not kept.
    private func withoutSecrets(_ value: JSONValue) -> JSONValue {
        guard case .object = value else { return .null }
        return hidingSecrets(value)
    }

    private func hidingSecrets(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let values): return .array(values.map(hidingSecrets))
        case .object(var object):
            for member in object.members {
                object[member.key] =
                    secrets.contains(member.key) ? .string("[secret]") : hidingSecrets(member.value)
            }
            return .object(object)
        default: return value
        }
    }
}
