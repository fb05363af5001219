import TCCore
import TCStore

/// A statement's parameters in the form that libpq takes, in buffers that are used again.
///
/// The server infers their types. Numbers and text go as text, which every type reads exactly;
/// bytes go as they are.
struct PostgresParameters {
    private var storage: [CChar] = []
    /// Where each begins in `storage`; nil for null.
    private var starts: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    /// How many bytes they take.
    var byteCount: Int { storage.count }

    /// Refuses what cannot be sent, before anything is.
    static func check(_ values: [SQLValue]) throws(TCError) {
        guard values.count <= SQLLimits.parameters else {
            throw TCError(
                .bug, "\(values.count) parameters; at most \(SQLLimits.parameters) are allowed")
        }
        for (index, value) in values.enumerated() { try value.check(parameter: index + 1) }
    }

    /// - Parameter values: checked.
    mutating func set(_ values: [SQLValue]) {
        storage.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        formats.removeAll(keepingCapacity: true)
        for (index, value) in values.enumerated() {
            switch value {
            case .null: add(nil, isBinary: false)
            case .integer(let number): addText(String(number))
            case .real(let number): addText(number.description)
            case .text(let text): addText(text)
            case .bytes(let bytes):
                add(storage.count, isBinary: true)
                storage.append(contentsOf: bytes.lazy.map { CChar(bitPattern: $0) })
                lengths[index] = Int32(bytes.count)
                // So that empty bytes at the end have an address too.
                storage.append(0)
            }
        }
    }

    private mutating func addText(_ text: String) {
        add(storage.count, isBinary: false)
        var copy = text
        copy.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { storage.append(contentsOf: $0) }
        }
        storage.append(0)
    }

    private mutating func add(_ start: Int?, isBinary: Bool) {
        starts.append(start)
        lengths.append(0)
        formats.append(isBinary ? 1 : 0)
    }

    /// Calls `body` with the count and the arrays of values, lengths and formats.
    func withPointers<Result>(
        _ body: (
            Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?,
            UnsafePointer<Int32>?
        ) -> Result
    ) -> Result {
        storage.withUnsafeBufferPointer { storage in
            withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: starts.count) {
                for (index, start) in starts.enumerated() {
                    $0.initializeElement(at: index, to: start.map { storage.baseAddress! + $0 })
                }
                return body(Int32(starts.count), UnsafePointer($0.baseAddress), lengths, formats)
            }
        }
    }
}
