import CScan
import Glibc
import TCCore

/// Turns lines into rows: the hot loop of ingest. One per thread.
///
/// The fast path takes a line whose fields come each once, with plain keys. It predicts each key from
/// the one before it, as a sender repeats its order, and compares it with two masked words; numbers,
/// times and strings are found sixteen bytes at a time. Whatever it does not take, it gives whole to
/// `CarefulLine`, which alone decides what is rejected and why. So the fast path may give up
/// anywhere, and must accept only what `CarefulLine` would, with the same values; the tests hold the
/// two together, and both against a third reader.
///
/// About 170 ns a line of bench/fleetgen.c on one core, without reading (`perf
/// record TCBench ingest parse FILE 1`).
struct LineParser: ~Copyable {
    /// The identity of a line: a code, or the text of an id that this parser has not met.
    private struct VehicleText {
        var code = IngestBatch.noVehicle
        var start = UnsafePointer<UInt8>(bitPattern: 1)!
        var length = 0
    }

    static let identity: UInt32 = 1 << UInt32(Field.vehicleID) | 1 << UInt32(Field.ts)
    static let valueColumns: UInt32 = 1 << UInt32(Field.vehicleID) - 1
    static let extraBit: UInt32 = 1 << UInt32(Field.extraColumn)

    private let table = FieldTable.shared
    private let powers = PowersOfTen.shared
    /// The field that came after each field last time; the last entry is for the line's start.
    private let next: UnsafeMutablePointer<UInt8>
    private var unknowns = UnknownFields()
    private var dates = DateMemory()
    var vehicles: VehicleCache
    let arena = ExtraArena()
    /// Whether rejections are described, or only counted.
    var describesRejections = true
    /// The rejections since the owner last took them, in line order within each chunk.
    var rejections: [RejectedLine] = []

    init(vehicles table: VehicleTable) {
        vehicles = VehicleCache(table: table)
        next = .allocate(capacity: Field.count + 1)
        next.initialize(repeating: 0, count: Field.count + 1)
    }

    deinit { next.deallocate() }

    /// Parses every line of `chunk` into `batch`, whose rows from `chunk.firstRow` are this call's.
    mutating func parse(_ chunk: InputChunk, into batch: IngestBatch) -> ParsedChunk {
        var result = ParsedChunk(rows: chunk.firstRow..<chunk.firstRow + chunk.lineCount)
        if chunk.overlongBytes > 0 {
            batch.codes[chunk.firstRow] = IngestBatch.noVehicle
            reject(chunk, line: 0, chunk.base, .tooLong(chunk.overlongBytes), &result)
            return result
        }
        let numbers = batch.numbers
        let stride = batch.numberStride
        let patterns = table.patterns
        let end = chunk.base + chunk.count
        var at = chunk.base
        var row = chunk.firstRow
        lines: while at < end {
            let line = at
            fast: do {
                guard chunk.isASCII || LineParser.isCleanLine(line, end) else { break fast }
                guard at.pointee == UInt8(ascii: "{") else { break fast }
                at += 1
                var seen: UInt32 = 0
                var present: UInt32 = 0
                unknowns.removeAll()
                var previous = Field.count
                var time: Int64 = 0
                var vehicle = VehicleText()
                if at.pointee <= 0x20 { skipSpaces(&at) }
                while true {
                    var field = Int(next[previous])
                    let pattern = patterns + field
                    let low = (load(at) ^ pattern.pointee.low) & pattern.pointee.lowMask
                    let high = (load(at + 8) ^ pattern.pointee.high) & pattern.pointee.highMask
                    if low | high == 0 {
                        at += pattern.pointee.length
                    } else {
                        let key = at
                        guard let found = otherKey(&at) else { break fast }
                        field = found
                        if field == Field.unknown {
                            guard unknowns.take(key, &at) else { break fast }
                            previous = Field.count
                            if LineParser.separator(&at) { continue }
                            break
                        }
                        next[previous] = UInt8(truncatingIfNeeded: field)
                    }
                    if at.pointee <= 0x20 { skipSpaces(&at) }
                    let bit: UInt32 = 1 &<< UInt32(truncatingIfNeeded: field)
                    guard seen & bit == 0 else { break fast }
                    seen |= bit
                    previous = field
                    let value = at
                    if field < Field.words {
                        var number = plainNumber(&at, powers)
                        if number != number {
                            if isNull(at) {
                                at += 4
                                if LineParser.separator(&at) { continue }
                                break
                            }
                            guard let other = anyNumber(&at) else { break fast }
                            number = other
                        } else if at.pointee | 0x20 == UInt8(ascii: "e") {
                            at = value
                            guard let other = anyNumber(&at) else { break fast }
                            number = other
                        }
                        let limits = patterns + field
                        guard number >= limits.pointee.minimum, number <= limits.pointee.maximum
                        else { break fast }
                        numbers[field &* stride &+ row] = number
                    } else if field < Field.vehicleID {
                        guard let word = takeWord(field, &at) else { break fast }
                        if word == 0 {
                            if LineParser.separator(&at) { continue }
                            break
                        }
                        batch.word(field)[row] = word
                    } else if field == Field.ts {
                        guard let instant = takeTime(&at) else { break fast }
                        time = instant
                    } else {
                        guard takeVehicle(&at, &vehicle) else { break fast }
                    }
                    present |= bit
                    if LineParser.separator(&at) { continue }
                    break
                }
                // The object has ended at a brace, or the line is not for the fast path.
                guard at.pointee == UInt8(ascii: "}") else { break fast }
                at += 1
                if at.pointee != UInt8(ascii: "\n") {
                    skipSpaces(&at)
                    guard at.pointee == UInt8(ascii: "\n") else { break fast }
                }
                let place = present &>> UInt32(Signal.lat.rawValue) & 3
                guard present & LineParser.identity == LineParser.identity,
                    place == 0 || place == 3, at - line <= Limits.lineBytes
                else { break fast }
                var values = present & LineParser.valueColumns
                if unknowns.count > 0 {
                    guard let object = unknowns.object(in: arena) else { break fast }
                    batch.extras[row] = object
                    values |= LineParser.extraBit
                }
                at += 1
                // Only now: a line that is rejected must not leave its id in the table.
                if vehicle.code == IngestBatch.noVehicle {
                    vehicle.code = vehicles.insert(vehicle.start, vehicle.length)
                }
                LineParser.finish(row, values, time, vehicle.code, batch, &result)
                row += 1
                continue lines
            }
            at = line
            careful(&at, chunk, row, batch, &result)
            row += 1
        }
        return result
    }

    /// Completes a row whose values are in place: fills in what is absent and gives it its identity.
    @inline(__always)
    private static func finish(
        _ row: Int, _ values: UInt32, _ time: Int64, _ code: UInt32, _ batch: IngestBatch,
        _ result: inout ParsedChunk
    ) {
        if values & ~result.columns != 0 {
            batch.clear(values & ~result.columns, rows: result.rows.lowerBound..<row)
            result.columns |= values
        }
        var missing = result.columns & ~values
        while missing != 0 {
            let field = missing.trailingZeroBitCount
            missing &= missing &- 1
            if field < Field.words {
                batch.number(field)[row] = .nan
            } else if field < Field.extraColumn {
                batch.word(field)[row] = 0
            } else {
                batch.extras[row] = 0
            }
        }
        batch.ts[row] = time
        batch.codes[row] = code
        result.accepted += 1
        result.firstTs = min(result.firstTs, time)
        result.lastTs = max(result.lastTs, time)
    }

    /// After a value: true, past the comma and before the next key, where another field follows.
    /// False, with `at` at the brace, where the object ends; false anywhere else for anything else.
    @inline(__always)
    private static func separator(_ at: inout UnsafePointer<UInt8>) -> Bool {
        if at.pointee <= 0x20 { skipSpaces(&at) }
        guard at.pointee == UInt8(ascii: ",") else { return false }
        at += 1
        if at.pointee <= 0x20 { skipSpaces(&at) }
        return true
    }

    /// Reads a key that was not the predicted one, and its colon; nil where it is none, or has an
    /// escape.
    private func otherKey(_ at: inout UnsafePointer<UInt8>) -> Int? {
        guard at.pointee == UInt8(ascii: "\"") else { return nil }
        let name = at + 1
        var p = name
        var stops = tc_scan_string_stops(p)
        while stops == 0 {
            p += 16
            stops = tc_scan_string_stops(p)
        }
        p += stops.trailingZeroBitCount
        guard p.pointee == UInt8(ascii: "\"") else { return nil }
        let field = table.field(named: name, length: p - name)
        p += 1
        if p.pointee <= 0x20 { skipSpaces(&p) }
        guard p.pointee == UInt8(ascii: ":") else { return nil }
        at = p + 1
        return field
    }

    /// The code of one of a field's words; 0 for null, nil for anything else.
    @inline(__always)
    private func takeWord(_ field: Int, _ at: inout UnsafePointer<UInt8>) -> UInt8? {
        guard at.pointee == UInt8(ascii: "\"") else {
            guard isNull(at) else { return nil }
            at += 4
            return 0
        }
        let quotes = tc_scan_equal(at + 1, UInt8(ascii: "\""))
        guard quotes != 0 else { return nil }
        let length = quotes.trailingZeroBitCount
        let code = table.code(ofWord: at + 1, length: length, field: field)
        guard code != 0 else { return nil }
        at += length + 2
        return code
    }

    /// Epoch milliseconds within the accepted years, written as up to 13 digits or as RFC 3339.
    @inline(__always)
    private mutating func takeTime(_ at: inout UnsafePointer<UInt8>) -> Int64? {
        let length = (tc_scan_nondigits(at) | 0x1_0000).trailingZeroBitCount
        if length == 0 { return takeTimeText(&at) }
        guard length <= 13, length == 1 || at.pointee != UInt8(ascii: "0") else { return nil }
        let value: UInt64
        if length > 8 {
            let rest = eightDigits(load(at + 8) &<< UInt64(128 &- 8 &* length))
            value = eightDigits(load(at)) &* powers.integers[length &- 8] &+ rest
        } else {
            value = eightDigits(load(at) &<< UInt64(64 &- 8 &* length))
        }
        guard value < UInt64(TimeLimits.end) else { return nil }
        at += length
        return Int64(bitPattern: value)
    }

    private mutating func takeTimeText(_ at: inout UnsafePointer<UInt8>) -> Int64? {
        guard at.pointee == UInt8(ascii: "\"") else { return nil }
        var end = at + 1
        var quotes = tc_scan_equal(end, UInt8(ascii: "\""))
        if quotes == 0 {
            end += 16
            quotes = tc_scan_equal(end, UInt8(ascii: "\""))
            guard quotes != 0 else { return nil }
        }
        end += quotes.trailingZeroBitCount
        guard let value = dates.milliseconds(at + 1, end - at - 1), TimeLimits.contains(value)
        else { return nil }
        at = end + 1
        return value
    }

    /// Reads a vehicle id: its code, or where it stands if this parser has not met it.
    @inline(__always)
    private func takeVehicle(
        _ at: inout UnsafePointer<UInt8>, _ vehicle: inout VehicleText
    ) -> Bool {
        guard at.pointee == UInt8(ascii: "\"") else { return false }
        let id = at + 1
        var end = id
        var quotes = tc_scan_equal(end, UInt8(ascii: "\""))
        while quotes == 0 {
            end += 16
            guard end - id <= VehicleTable.stride else { return false }
            quotes = tc_scan_equal(end, UInt8(ascii: "\""))
        }
        end += quotes.trailingZeroBitCount
        let length = end - id
        guard length >= 1, length <= VehicleTable.stride else { return false }
        at = end + 1
        if let code = vehicles.find(id, length) {
            vehicle.code = code
            return true
        }
        vehicle = VehicleText(start: id, length: length)
        return isVehicleID(UnsafeBufferPointer(start: id, count: length))
    }

    /// Whether the line at `line` is valid UTF-8. A line that is not is for `CarefulLine` to report.
    private static func isCleanLine(
        _ line: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
    ) -> Bool {
        let newline = UnsafePointer(
            memchr(line, 10, end - line)!.assumingMemoryBound(to: UInt8.self))
        return isUTF8(UnsafeBufferPointer(start: line, count: newline - line))
    }

    /// One line by the plain way; `at` moves past its newline.
    @inline(never)
    private mutating func careful(
        _ at: inout UnsafePointer<UInt8>, _ chunk: InputChunk, _ row: Int, _ batch: IngestBatch,
        _ result: inout ParsedChunk
    ) {
        let start = at
        let rest = chunk.count - (start - chunk.base)
        let newline = UnsafePointer(memchr(start, 10, rest)!.assumingMemoryBound(to: UInt8.self))
        at = newline + 1
        let bytes = UnsafeBufferPointer(start: start, count: newline - start)
        var line = CarefulLine(bytes)
        switch line.read() {
        case .blank:
            batch.codes[row] = IngestBatch.noVehicle
        case .rejected(let fault):
            batch.codes[row] = IngestBatch.noVehicle
            reject(chunk, line: row - chunk.firstRow, start, fault, &result, bytes.count)
        case .accepted:
            var values: UInt32 = 0
            for (field, number) in line.numbers {
                batch.number(field)[row] = number
                values |= 1 << UInt32(field)
            }
            for (field, word) in line.words {
                batch.word(field)[row] = word
                values |= 1 << UInt32(field)
            }
            if let object = line.extra {
                let room = arena.room(object.count)
                object.withUnsafeBufferPointer {
                    room.update(from: $0.baseAddress!, count: $0.count)
                }
                batch.extras[row] = arena.commit(object.count)
                values |= LineParser.extraBit
            }
            let code = line.vehicleID.withUnsafeBufferPointer { id in
                vehicles.find(id.baseAddress!, line.vehicleIDLength)
                    ?? vehicles.insert(id.baseAddress!, line.vehicleIDLength)
            }
            LineParser.finish(row, values, line.time, code, batch, &result)
        }
    }

    private mutating func reject(
        _ chunk: InputChunk, line: Int, _ start: UnsafePointer<UInt8>, _ fault: LineFault,
        _ result: inout ParsedChunk, _ count: Int = 0
    ) {
        result.rejected += 1
        // Of a line that is too long not all may be there, so none of it is kept.
        let isKept = describesRejections && fault.reason != .lineTooLong
        rejections.append(
            RejectedLine(
                source: chunk.source, line: chunk.firstLine + line, row: chunk.firstRow + line,
                fault: fault,
                input: isKept ? Array(UnsafeBufferPointer(start: start, count: count)) : []))
    }
}
