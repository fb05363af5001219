extension ParquetFile {
    /// Finds the pages of a chunk that has no offset index, from one page header to the next.
    func walkPages(_ chunk: StoredChunk, rowCount: Int, column: Int) throws -> [PagePlace] {
        var places: [PagePlace] = []
        var offset = chunk.start
        var row = 0
        while row < rowCount {
            let (header, length) = try pageHeader(at: offset, end: chunk.end, column: column)
            let size = length + header.compressedSize
            guard size <= chunk.end - offset else {
                throw damaged("column \(columns[column].name): a page ends outside its column")
            }
            if header.type == .data || header.type == .dataV2 {
                guard header.valueCount <= rowCount - row else {
                    throw damaged("column \(columns[column].name): its pages have too many rows")
                }
                if header.valueCount > 0 {
                    places.append(
                        PagePlace(
                            offset: offset, byteCount: size, rows: row..<row + header.valueCount))
                }
                row += header.valueCount
            }
            offset += size
        }
        return places
    }

    private func pageHeader(
        at offset: Int, end: Int, column: Int
    ) throws -> (PageHeader, length: Int) {
        // Headers are tens of bytes, unless a writer put long strings into their statistics.
        var count = 256
        while true {
            let taken = min(count, end - offset)
            guard taken > 0 else {
                throw damaged("column \(columns[column].name): its pages have too few rows")
            }
            let bytes = try self.bytes(offset, taken)
            do {
                return try bytes.withUnsafeBufferPointer { bytes throws(ThriftReader.Malformed) in
                    var thrift = ThriftReader(bytes.baseAddress!, taken)
                    return (try PageHeader.read(&thrift), thrift.position)
                }
            } catch {
                guard taken == count, count < 1 << 20 else {
                    throw damaged(
                        "column \(columns[column].name), page at byte \(offset): \(error.reason)")
                }
                count *= 16
            }
        }
    }
}
