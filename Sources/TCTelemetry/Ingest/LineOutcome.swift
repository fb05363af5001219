import TCCore

/// What one line became, for tests and the fuzzer: the parser's work without batches and files.
package enum LineOutcome: Equatable, Sendable {
    case blank
    /// With the reason's code.
    case rejected(RejectionReason, message: String)
    case accepted(LineRow)

    /// Parses lines, which hold no newline, by the fast path with its fallback.
    package static func all(of lines: [[UInt8]]) -> [LineOutcome] {
        let padding = [UInt8](repeating: 10, count: ChunkBuffer.padding)
        let text = lines.flatMap { (line: [UInt8]) -> [UInt8] in line + [10] }
        return (text + padding).withUnsafeBufferPointer { buffer in
            let table = VehicleTable(capacity: lines.count)
            let batch = IngestBatch(capacity: lines.count)
            var parser = LineParser(vehicles: table)
            let chunk = InputChunk(
                base: buffer.baseAddress!, count: text.count, lineCount: lines.count,
                isASCII: text.allSatisfy { $0 < 0x80 })
            let parsed = parser.parse(chunk, into: batch)
            var rejected: [Int: LineFault] = [:]
            for rejection in parser.rejections { rejected[rejection.row] = rejection.fault }
            return lines.indices.map { row in
                if let fault = rejected[row] {
                    return .rejected(fault.reason, message: fault.message)
                }
                guard batch.codes[row] != IngestBatch.noVehicle else { return .blank }
                return .accepted(LineRow(batch, row, parsed.columns, table))
            }
        }
    }

    /// Parses one line, which holds no newline, by the careful way alone.
    package static func carefully(_ line: [UInt8]) -> LineOutcome {
        let padded = line + [UInt8](repeating: 10, count: ChunkBuffer.padding)
        return padded.withUnsafeBufferPointer { buffer in
            var careful = CarefulLine(UnsafeBufferPointer(rebasing: buffer[..<line.count]))
            switch careful.read() {
            case .blank: return .blank
            case .rejected(let fault): return .rejected(fault.reason, message: fault.message)
            case .accepted:
                var row = LineRow()
                row.vehicleID = String(
                    decoding: careful.vehicleID[..<careful.vehicleIDLength], as: UTF8.self)
                row.ts = careful.time
                for (field, value) in careful.numbers { row.numbers[field] = value.bitPattern }
                for (field, code) in careful.words { row.words[field - Field.words] = code }
                row.extra = careful.extra ?? []
                return .accepted(row)
            }
        }
    }
}

/// The values of one accepted line.
package struct LineRow: Equatable, Sendable {
    package var vehicleID = ""
    package var ts: Int64 = 0
    /// The bits of each number in `Signal` order, so that -0 is not 0; nil where absent.
    package var numbers = [UInt64?](repeating: nil, count: Signal.count)
    /// The code of each word in `EnumSignal` order.
    package var words = [UInt8](repeating: 0, count: EnumSignal.count)
    /// The unknown fields as the text of one object; empty where there are none.
    package var extra: [UInt8] = []

    package init() {}

    fileprivate init(_ batch: IngestBatch, _ row: Int, _ columns: UInt32, _ table: VehicleTable) {
        vehicleID = String(decoding: table.id(batch.codes[row]), as: UTF8.self)
        ts = batch.ts[row]
        for field in 0..<Field.words where columns >> UInt32(field) & 1 == 1 {
            let value = batch.number(field)[row]
            numbers[field] = value.isNaN ? nil : value.bitPattern
        }
        for field in Field.words..<Field.vehicleID where columns >> UInt32(field) & 1 == 1 {
            words[field - Field.words] = batch.word(field)[row]
        }
        if columns & LineParser.extraBit != 0 {
            extra = Array(ExtraArena.object(batch.extras[row]))
        }
    }
}
