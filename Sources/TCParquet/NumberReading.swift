import CZstd
import TCCore

extension StoredColumn {
    /// Bytes of a PLAIN value; strings have none of their own.
    var valueWidth: Int {
        switch physical {
        case .int32, .float: 4
        default: 8
        }
    }
}

extension ColumnReader {
    /// Epoch milliseconds. A null is an error, since there is no time to put in its place.
    public func readTimestamps(rows: Range<Int>, into target: UnsafeMutablePointer<Int64>) throws {
        precondition(stored.column.type == .timestampMillis)
        try forEachPage(rows) { local, done in
            guard page.nulls == .none else {
                throw file.damaged("column \(stored.column.name): a row has no time")
            }
            if codes != nil {
                try gather(local, timeEntries.base, target + done)
            } else {
                (target + done).update(from: times.base + local.lowerBound, count: local.count)
            }
        }
    }

    /// Null is NaN.
    public func readDoubles(rows: Range<Int>, into target: UnsafeMutablePointer<Double>) throws {
        precondition(stored.column.type == .double)
        try forEachPage(rows) { local, done in
            let target = target + done
            let values = valueRange(local)
            if codes != nil {
                try gather(values, doubleEntries.base, target)
            } else if page.encoding == .byteStreamSplit && stored.physical == .double {
                tc_join_streams(
                    page.values, page.presentCount, values.lowerBound, values.count,
                    UnsafeMutableRawPointer(target))
            } else if stored.physical == .double {
                UnsafeMutableRawPointer(target).copyMemory(
                    from: page.values + values.lowerBound * 8, byteCount: values.count * 8)
            } else {
                target.update(from: doubles.base + values.lowerBound, count: values.count)
            }
            spread(local, values.count, target, absent: .nan)
        }
    }

    /// Looks up the codes of some of the page's values. A code is checked before it is used, a
    /// block at a time, unless its width cannot exceed the entries.
    func gather<T: BitwiseCopyable>(
        _ values: Range<Int>, _ entries: UnsafePointer<T>, _ target: UnsafeMutablePointer<T>
    ) throws {
        let count = UInt32(dictionaryCount)
        var next = values.lowerBound
        while next < values.upperBound {
            let out = target + (next - values.lowerBound)
            switch codes!.piece(from: next, wanted: min(values.upperBound - next, 1024)) {
            case nil: throw malformedValues()
            case .repeated(let code, let length):
                guard code < count else { throw malformedValues() }
                out.update(repeating: entries[Int(code)], count: length)
                next += length
            case .packed(let bytes, let from, let length):
                if codes!.byteWidth == 1 && count >= 256 {
                    let bytes = bytes + from
                    for index in 0..<length { out[index] = entries[Int(bytes[index])] }
                } else {
                    let scratch = codeScratch.base
                    codes!.unpack(bytes, from: from, count: length, into: scratch)
                    guard largest(scratch, length) < count else { throw malformedValues() }
                    for index in 0..<length { out[index] = entries[Int(scratch[index])] }
                }
                next += length
            }
        }
    }

    /// Moves values from the front of `target` to their rows, `absent` into the others.
    func spread<T: BitwiseCopyable>(
        _ local: Range<Int>, _ valueCount: Int, _ target: UnsafeMutablePointer<T>, absent: T
    ) {
        switch page.nulls {
        case .none: break
        case .all: target.update(repeating: absent, count: local.count)
        case .some: loader.presence.spread(local, valueCount, target, absent: absent)
        }
    }

    func prepareNumbers(_ values: UnsafePointer<UInt8>, _ count: Int) throws {
        if stored.column.type == .timestampMillis {
            times.reserve(count)
            try convert(values, count, into: times.base)
        } else if stored.physical != .double {
            doubles.reserve(count)
            try convert(values, count, into: doubles.base)
        }
    }

    /// Streams of another type than DOUBLE, which only other writers make: joined byte by byte.
    func prepareStreams(_ count: Int) throws {
        let width = stored.valueWidth
        let joined = Scratch<UInt8>(count * width)
        for index in 0..<count {
            for byte in 0..<width {
                joined.base[index * width + byte] = page.values[byte * count + index]
            }
        }
        try prepareNumbers(joined.base, count)
    }

    /// Turns decoded whole numbers into what the column is read as.
    func finishDelta(_ count: Int) throws {
        let values = times.base
        if stored.column.type == .timestampMillis {
            if stored.isMicroseconds {
                for index in 0..<count { values[index] = try milliseconds(values[index]) }
            }
            return
        }
        doubles.reserve(count)
        for index in 0..<count {
            // INT32 deltas are modulo 2^32.
            let value =
                stored.physical == .int32
                ? Int64(Int32(truncatingIfNeeded: values[index])) : values[index]
            doubles.base[index] = try exactly(value)
        }
    }

    func convert(
        _ values: UnsafePointer<UInt8>, _ count: Int, into target: UnsafeMutablePointer<Int64>
    ) throws {
        for index in 0..<count {
            let value = values.load(index * 8, as: Int64.self)
            target[index] = stored.isMicroseconds ? try milliseconds(value) : value
        }
    }

    func convert(
        _ values: UnsafePointer<UInt8>, _ count: Int, into target: UnsafeMutablePointer<Double>
    ) throws {
        switch stored.physical {
        case .double:
            UnsafeMutableRawPointer(target).copyMemory(from: values, byteCount: count * 8)
        case .float:
            for index in 0..<count {
                target[index] = Double(
                    Float(bitPattern: values.load(index * 4, as: UInt32.self)))
            }
        case .int32:
            for index in 0..<count {
                target[index] = Double(values.load(index * 4, as: Int32.self))
            }
        default:
            for index in 0..<count {
                target[index] = try exactly(values.load(index * 8, as: Int64.self))
            }
        }
    }

    private func milliseconds(_ microseconds: Int64) throws -> Int64 {
        guard microseconds % 1000 == 0 else {
            throw TCError(
                .io,
                "\(file.path): column \(stored.column.name): \(microseconds) µs is not a whole "
                    + "number of milliseconds")
        }
        return microseconds / 1000
    }

    private func exactly(_ value: Int64) throws -> Double {
        guard let exact = Double(exactly: value) else {
            throw TCError(
                .io, "\(file.path): column \(stored.column.name): \(value) does not fit a double")
        }
        return exact
    }
}

/// The largest of some codes; 0 of none.
private func largest(_ codes: UnsafePointer<UInt32>, _ count: Int) -> UInt32 {
    var result: UInt32 = 0
    for index in 0..<count { result = max(result, codes[index]) }
    return result
}
