import Glibc
import TCCore
import TCParquet

/// One opened file of a snapshot.
struct StoreFile: Sendable {
    /// So that four bytes hold the number of a row.
    private static let mostRows = Int(UInt32.max)

    let name: StoredName
    let file: ParquetFile
    /// For each column of `StoreSchema`, its place in this file; nil where a file that somebody else
    /// wrote lacks it, which reads as absent.
    let columnPlaces: [Int?]
    /// The earliest and latest time in the file; nil where it has no row or does not say.
    let times: ClosedRange<Int64>?

    /// - Throws: `io` naming the file, where it is not one that the store can read.
    init(name: StoredName, path: String) throws {
        let file = try ParquetFile(path: path)
        guard file.rowCount <= StoreFile.mostRows else {
            throw TCError(
                .io, "'\(path)' has \(file.rowCount) rows, expected at most \(StoreFile.mostRows)")
        }
        self.name = name
        self.file = file
        columnPlaces = try StoreSchema.columns.map { column in
            guard let place = file.columns.firstIndex(where: { $0.name == column.name }) else {
                if column.isOptional { return nil }
                throw TCError(.io, "'\(path)' has no column '\(column.name)'")
            }
            guard file.columns[place].type == column.type else {
                throw TCError(
                    .io,
                    "'\(path)': column '\(column.name)' is \(file.columns[place].type), "
                        + "expected \(column.type)")
            }
            return place
        }
        let place = columnPlaces[StoreSchema.ts]!
        var times: ClosedRange<Int64>?
        for group in file.rowGroups.indices {
            let chunk = file.chunk(rowGroup: group, column: place)
            guard case .timestamp(let low)? = chunk.minimum,
                case .timestamp(let high)? = chunk.maximum, low <= high
            else {
                times = Int64.min...Int64.max
                break
            }
            times = times.map { min($0.lowerBound, low)...max($0.upperBound, high) } ?? low...high
        }
        self.times = times
    }

    /// Whether a column holds no value in the whole file, as its statistics say.
    func isAbsent(_ column: Int) -> Bool {
        guard let place = columnPlaces[column] else { return true }
        return file.rowGroups.indices.allSatisfy { group in
            file.chunk(rowGroup: group, column: place).nullCount == file.rowGroups[group].rows.count
        }
    }
}
