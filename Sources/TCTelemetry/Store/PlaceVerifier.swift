import TCCore
import TCParquet

/// Checks that the bounds of places which a file carries are those of its rows.
struct PlaceVerifier {
    private static let blockRows = 8192

    let store: StoreFile

    /// - Throws: `io` naming the first vehicle whose bounds are wrong.
    func check() throws {
        // The index of a file of others is made from all its rows, in vain.
        guard try store.file.attachment(PlaceIndex.attachmentName) != nil else { return }
        let index = try VehicleIndex.read(store)
        let bounds = try PlaceIndex.read(store, runs: index.count)!
        let lats = try reader(.lat)
        let lons = try reader(.lon)
        let places = UnsafeMutablePointer<Double>.allocate(capacity: 2 * PlaceVerifier.blockRows)
        defer { places.deallocate() }
        places.initialize(repeating: .nan, count: 2 * PlaceVerifier.blockRows)
        try index.walk { cursor in
            try cursor.advance()
            while !cursor.isOver {
                let rows = cursor.run.rows
                var span = PlaceSpan()
                var start = rows.lowerBound
                while start < rows.upperBound {
                    let end = min(start + PlaceVerifier.blockRows, rows.upperBound)
                    try lats?.readDoubles(rows: start..<end, into: places)
                    try lons?.readDoubles(rows: start..<end, into: places + PlaceVerifier.blockRows)
                    for row in 0..<end - start {
                        span.take(places[row], places[PlaceVerifier.blockRows + row])
                    }
                    start = end
                }
                guard span.bounds == bounds[cursor.run.number] else {
                    throw TCError(
                        .io,
                        "'\(store.file.path)': its bounds of the places of "
                            + "'\(String(decoding: cursor.id, as: UTF8.self))' do not say what "
                            + "its rows say")
                }
                try cursor.advance()
            }
        }
    }

    private func reader(_ signal: Signal) throws -> ColumnReader? {
        guard let place = store.columnPlaces[StoreSchema.column(signal)] else { return nil }
        return try ColumnReader(file: store.file, column: place)
    }
}
