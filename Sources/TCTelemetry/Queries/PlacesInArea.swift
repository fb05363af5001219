import TCCore
import TCWire

/// Finds the vehicles whose last known place lies in an area: one record a vehicle, with the place
/// and its time. What "last" means, the scan's `to` decides.
public struct PlacesInArea: RecordVisitor {
    /// The columns that a scan must ask for.
    public static let columns = ColumnSet.place

    /// The records of the vehicles seen, in their order.
    public private(set) var records = JSONWriter()

    private let area: GeoArea
    private var vehicleID: [UInt8] = []
    private var time: Int64 = 0
    private var place: Place?

    public init(_ area: GeoArea) { self.area = area }

    public mutating func visit(_ rows: VehicleRows) throws {
        if vehicleID.isEmpty { vehicleID.append(contentsOf: rows.vehicleID) }
        let lats = rows[.lat]
        var row = rows.count - 1
        while row >= 0, lats[row].isNaN { row -= 1 }
        guard row >= 0 else { return }
        time = rows.ts[row]
        place = Place(lat: lats[row], lon: rows[.lon][row])
    }

    public mutating func endVehicle() throws {
        if let place, area.contains(place) { write(place) }
        vehicleID.removeAll(keepingCapacity: true)
        place = nil
    }

    private mutating func write(_ place: Place) {
        records.beginObject()
        records.key("vehicle_id")
        vehicleID.withUnsafeBufferPointer { records.string(utf8: $0) }
        records.key("ts")
        records.instant(Instant(milliseconds: time))
        records.key("lat")
        records.double(place.lat)
        records.key("lon")
        records.double(place.lon)
        if case .circle(let center, _) = area {
            records.rounded("distance_m", center.distanceKm(to: place) * 1000, decimals: 1)
        }
        records.endObject()
        records.newline()
    }
}
