import Glibc
import TCCore
import TCWire

/// Where a command's records go: standard output or `-o FILE`, as JSON lines, CSV or a table.
///
/// One thread at a time. A command hands over whole JSON lines; as JSON lines they go out byte for
/// byte as they are, other formats are made from them.
public final class RecordOutput {
    private var file: OutputFile
    private var formatter: (any RowFormatter)?
    /// Where CSV has a column for the fields that have none: the fields that have one.
    private let gatheredBeside: Set<String>?

    /// `columns` come first in CSV and tables, in this order; `extra` among them gathers the others
    /// in CSV, whose columns cannot grow. A table shows only what occurs, each field by itself.
    init(file: consuming OutputFile, format: RecordFormat, columns: [String]) {
        self.file = file
        let gathers = format == .csv && columns.contains("extra")
        gatheredBeside = gathers ? Set(columns).subtracting(["extra"]) : nil
        switch format {
        case .jsonl: formatter = nil
        case .csv: formatter = CSVWriter(columns: columns)
        case .table: formatter = TableWriter(columns: columns)
        }
    }

    /// Appends whole lines, each one JSON object ended by a line feed.
    ///
    /// Throws where they cannot be written; let it pass through, since a reader that went away
    /// arrives as an error too and ends the command quietly.
    public func write(lines: UnsafeBufferPointer<UInt8>) throws {
        if formatter == nil { return try file.write(UnsafeRawBufferPointer(lines)) }
        var rest = lines
        while let start = rest.baseAddress, !rest.isEmpty {
            let end =
                memchr(start, 0x0A, rest.count).map {
                    UnsafeRawPointer($0) - UnsafeRawPointer(start)
                } ?? rest.count
            try format(UnsafeBufferPointer(rebasing: rest[..<end]))
            rest = UnsafeBufferPointer(rebasing: rest[min(end + 1, rest.count)...])
        }
    }

    /// The same for bytes at hand in an array.
    public func write(lines: [UInt8]) throws {
        try lines.withUnsafeBufferPointer { try write(lines: $0) }
    }

    /// Hands out what there is. Call it before waiting for input, so that whoever reads the output
    /// sees every result; it fixes the columns of CSV and tables.
    public func flush() throws {
        try formatter?.flush()
        try drain()
        try file.flush()
    }

    /// Whoever reads it, for a command that waits before it writes more.
    var reader: OutputReader { file.reader }

    func finish() throws {
        try formatter?.finish()
        try drain()
        try file.finish()
    }

    /// Ends the output of a command that failed: a file is not made, and on standard output the
    /// results from before the failure still come out.
    func abandon(after error: any Error) {
        if !file.isFile, !(error is ClosedPipe) {
            // The command's own error is the one to tell, not that of this last attempt.
            try? formatter?.finish()
            try? drain()
            try? file.flush()
        }
        file.abandon()
    }

    private func format(_ line: UnsafeBufferPointer<UInt8>) throws {
        let record: JSONValue
        do {
            record = try JSONReader.parse(line)
        } catch {
            throw ErrorText.bug("a result is not JSON: \(error)")
        }
        guard let object = record.object else {
            throw ErrorText.bug("a result is \(record.kindName), not an object")
        }
        do {
            try formatter?.write(gatheredBeside.map { gathered(object, beside: $0) } ?? object)
        } catch {
            // The formatter cannot know that its input is our output: what the format cannot hold is
            // for the user to choose, and no line of input is at fault.
            throw TCError(.usage, error.message, hint: error.hint)
        }
        if let formatter, formatter.bytes.count >= 64 << 10 { try drain() }
    }

    /// `record` with the fields that have no column in one named `extra`.
    private func gathered(_ record: JSONObject, beside columns: Set<String>) -> JSONObject {
        var extra = JSONObject()
        var row = JSONObject()
        for member in record.members {
            if columns.contains(member.key) {
                row[member.key] = member.value
            } else {
                extra[member.key] = member.value
            }
        }
        if !extra.isEmpty { row["extra"] = .object(extra) }
        return row
    }

    /// Moves what the formatter has ready to the file.
    private func drain() throws {
        guard let bytes = formatter?.bytes, !bytes.isEmpty else { return }
        formatter?.reset()
        try bytes.withUnsafeBytes { try file.write($0) }
    }
}
