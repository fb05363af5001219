import TCCore

/// Which word each dictionary entry is, for one dictionary and one list of words.
struct WordMap {
    /// Stands for an entry that is not among the words.
    static let unknown: UInt8 = 255

    var dictionaryNumber = -1
    var words: [String] = []
    /// At least 256 long, so that a one-byte code needs no check.
    var codes: [UInt8] = []
}

extension ColumnReader {
    /// Null is 0, else the index in `entries` plus one; at most 254 entries. A word that is not
    /// among `entries` is an error that names the file and the value.
    public func readWords(
        rows: Range<Int>, into target: UnsafeMutablePointer<UInt8>, entries: [String]
    ) throws {
        precondition(stored.column.type == .string && entries.count < Int(WordMap.unknown))
        try forEachPage(rows) { local, done in
            let target = target + done
            let values = valueRange(local)
            if codes != nil {
                try mapWords(values, entries, target)
            } else {
                for index in values {
                    target[index - values.lowerBound] = code(of: texts[index], entries)
                }
            }
            var worst: UInt8 = 0
            for index in 0..<values.count { worst = max(worst, target[index]) }
            if worst == WordMap.unknown { throw try unknownWord(values, entries) }
            spread(local, values.count, target, absent: 0)
        }
    }

    private func code(of string: UnsafeBufferPointer<UInt8>, _ entries: [String]) -> UInt8 {
        let index = entries.firstIndex { $0.utf8.elementsEqual(string) }
        return index.map { UInt8($0 + 1) } ?? WordMap.unknown
    }

    private func mapWords(
        _ values: Range<Int>, _ entries: [String], _ target: UnsafeMutablePointer<UInt8>
    ) throws {
        if wordMap.dictionaryNumber != dictionaryNumber || wordMap.words != entries {
            wordMap.codes = [UInt8](repeating: WordMap.unknown, count: max(dictionaryCount, 256))
            for index in 0..<dictionaryCount {
                wordMap.codes[index] = code(of: textEntries[index], entries)
            }
            wordMap.words = entries
            wordMap.dictionaryNumber = dictionaryNumber
        }
        try wordMap.codes.withUnsafeBufferPointer { map in
            try forEachPiece(values) { index, piece in
                let out = target + (index - values.lowerBound)
                switch piece {
                case .repeated(let code, let length):
                    guard code < map.count else { throw malformedValues() }
                    out.update(repeating: map[Int(code)], count: length)
                case .packed(let bytes, let from, let length) where codes!.byteWidth == 1:
                    let bytes = bytes + from
                    let base = map.baseAddress!
                    for index in 0..<length { out[index] = base[Int(bytes[index])] }
                case .packed(let bytes, let from, let length):
                    let scratch = codeScratch.base
                    codes!.unpack(bytes, from: from, count: length, into: scratch)
                    for index in 0..<length {
                        guard scratch[index] < map.count else { throw malformedValues() }
                        out[index] = map[Int(scratch[index])]
                    }
                }
            }
        }
    }

    private func unknownWord(_ values: Range<Int>, _ entries: [String]) throws -> TCError {
        var text = ""
        for index in values {
            let string = try self.text(index)
            if code(of: string, entries) == WordMap.unknown {
                text = String(decoding: string, as: UTF8.self)
                break
            }
        }
        return TCError(
            .io, "\(file.path): column \(stored.column.name) holds the unknown word \"\(text)\"",
            hint: "expected one of \(entries.joined(separator: ", "))")
    }
}
