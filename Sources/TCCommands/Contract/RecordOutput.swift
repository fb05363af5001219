import TCCore

/// Where a command's records go: standard output or `-o FILE`, as JSON lines, CSV or a table.
///
/// One thread at a time. A command hands over whole JSON lines; as JSON lines they go out byte for
/// byte as they are, other formats are made from them.
public final class RecordOutput {
    private var file: OutputFile
    private let format: RecordFormat
    private let columns: [String]

    init(file: consuming OutputFile, format: RecordFormat, columns: [String]) {
        self.file = file
        self.format = format
        self.columns = columns
    }

    /// Appends whole lines, each one JSON object ended by a line feed.
    ///
    /// Throws where they cannot be written; let it pass through, since a reader that went away
    /// arrives as an error too and ends the command quietly.
    public func write(lines: UnsafeBufferPointer<UInt8>) throws {
        try file.write(UnsafeRawBufferPointer(lines))
    }

    /// The same for bytes at hand in an array.
    public func write(lines: [UInt8]) throws {
        try lines.withUnsafeBufferPointer { try write(lines: $0) }
    }

    /// Hands out what is buffered. Call it before waiting for input, so that whoever reads the
    /// output sees every result that there is.
    public func flush() throws { try file.flush() }

    /// Whether the output is a terminal.
    func finish() throws { try file.finish() }

    func abandon() { file.abandon() }
}
