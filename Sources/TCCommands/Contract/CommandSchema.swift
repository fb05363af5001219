import TCWire

/// What a command reads and prints, declared beside it; `tc schema` prints it as JSON Schema.
public struct CommandSchema: Sendable {
    /// One line of input; nil where the command reads none.
    public let input: RecordSchema?
    /// One line of output; nil where the command prints no records.
    public let output: RecordSchema?
    /// Whether lines can be rejected, with `--errors`.
    public var rejectsLines: Bool { input != nil }

    public init(input: RecordSchema? = nil, output: RecordSchema? = nil) {
        self.input = input
        self.output = output
    }
}
