import TCCore

/// Where the vehicles of a file were: the bounds of the places of each run, in the order of the runs.
///
/// With it a question about an area leaves out the vehicles that were elsewhere, none of whose rows
/// are then read. An attachment of its own, since no other question needs it.
///
/// The bytes: the lower bytes of all south edges, the upper ones, then west edges and what north and
/// east have beyond them in the same way; eight bytes a run, some three when compressed.
enum PlaceIndex {
    static let attachmentName = "tc.places"

    private static let bytesPerRun = 8

    static func encode(_ bounds: [PlaceBounds]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(bounds.count * bytesPerRun)
        for edge in [\PlaceBounds.south, \.west, \.height, \.width] {
            for box in bounds { bytes.append(UInt8(truncatingIfNeeded: box[keyPath: edge])) }
            for box in bounds { bytes.append(UInt8(truncatingIfNeeded: box[keyPath: edge] >> 8)) }
        }
        return bytes
    }

    /// The bounds of the file's `runs` runs; nil where the file does not tell, as those of others.
    static func read(_ store: StoreFile, runs: Int) throws -> [PlaceBounds]? {
        guard let bytes = try store.file.attachment(attachmentName) else { return nil }
        guard bytes.count == runs * bytesPerRun else {
            throw TCError(
                .io, "'\(store.file.path)': its bounds of places are not those of \(runs) vehicles")
        }
        func edge(_ number: Int, _ run: Int) -> Int16 {
            let low = bytes[2 * number * runs + run]
            return Int16(
                truncatingIfNeeded: Int(low) | Int(bytes[(2 * number + 1) * runs + run]) << 8)
        }
        return (0..<runs).map { run in
            let (south, west) = (edge(0, run), edge(1, run))
            return PlaceBounds(
                south: south, west: west, north: south &+ edge(2, run), east: west &+ edge(3, run))
        }
    }
}

extension PlaceBounds {
    fileprivate var height: Int16 { north &- south }
    fileprivate var width: Int16 { east &- west }
}

/// Which runs of which files may have been in one of some boxes.
struct PlaceFilter: Sendable {
    let boxes: [PlaceBounds]
    /// The bounds of each file's runs; nil for a file that does not tell, any of whose runs may.
    let files: [[PlaceBounds]?]

    func admits(_ file: Int, _ run: Int) -> Bool {
        guard let bounds = files[file]?[run] else { return true }
        return boxes.contains { $0.overlaps(bounds) }
    }
}
