import CYAML

/// The events of a YAML text, in order; everything of libyaml stands in this file.
///
/// Owns libyaml's parser, which is freed with it, and borrows the text: neither the parser nor any of
/// its pointers leaves the file, and what an event carries is copied before it is handed out.
final class YAMLEvents {
    enum Event {
        case documentStart, documentEnd, streamEnd
        case alias(String)
        case scalar(String, isPlain: Bool, Properties)
        case sequenceStart(Properties)
        case sequenceEnd
        case mappingStart(Properties)
        case mappingEnd
    }

    struct Properties {
        let anchor: String?
        /// With `!!` resolved: `tag:yaml.org,2002:int`.
        let tag: String?
    }

    struct Place {
        /// Counted from 1.
        let line: Int
        let column: Int

        init(_ mark: yaml_mark_t) {
            line = mark.line + 1
            column = mark.column + 1
        }
    }

    /// Where the last event begins.
    private(set) var place: Place
    private let parser: UnsafeMutablePointer<yaml_parser_t>

    /// - Parameter text: UTF-8; must stay where it is as long as this lives.
    init(_ text: UnsafeBufferPointer<UInt8>) throws(YAMLError) {
        parser = .allocate(capacity: 1)
        place = Place(yaml_mark_t())
        // It fails only when there is no memory, and then nothing else would work either.
        precondition(yaml_parser_initialize(parser) == 1, "libyaml has no memory")
        // Without this it would guess UTF-16 from the first bytes.
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, text.baseAddress, text.count)
        _ = try next()
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// The next event; `streamEnd` again and again at the end.
    func next() throws(YAMLError) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure }
        defer { yaml_event_delete(&event) }
        place = Place(event.start_mark)
        switch event.type {
        case YAML_STREAM_START_EVENT, YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_ALIAS_EVENT: return .alias(text(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return .scalar(
                String(decoding: bytes, as: UTF8.self),
                isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE,
                Properties(anchor: text(scalar.anchor), tag: text(scalar.tag)))
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            return .sequenceStart(Properties(anchor: text(start.anchor), tag: text(start.tag)))
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            return .mappingStart(Properties(anchor: text(start.anchor), tag: text(start.tag)))
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        // At the end of the stream libyaml gives events of no type.
        default: return .streamEnd
        }
    }

    private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    /// What stopped the parser, in its words: `mapping values are not allowed in this context`.
    private var failure: YAMLError {
        var message = parser.pointee.problem.map { String(cString: $0) } ?? "not valid YAML"
        if let context = parser.pointee.context {
            message = "\(String(cString: context)): \(message)"
        }
        // An error of the reader (bytes that are no text) has an offset and no mark.
        if parser.pointee.error == YAML_READER_ERROR {
            message += " (at byte \(parser.pointee.problem_offset))"
            return YAMLError(
                line: parser.pointee.mark.line + 1, column: parser.pointee.mark.column + 1,
                message: message)
        }
        let place = Place(parser.pointee.problem_mark)
        return YAMLError(line: place.line, column: place.column, message: message)
    }
}
