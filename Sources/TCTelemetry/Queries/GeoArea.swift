import TCCore

/// A part of the earth's surface that a place is inside of or not.
public enum GeoArea: Equatable, Sendable {
    /// From `south` to `north` and, going east, from `west` to `east`; the edges belong to it. With
    /// `west` above `east` it crosses the antimeridian.
    case box(south: Double, west: Double, north: Double, east: Double)
    /// Everything at most `radiusM` metres of great circle away from `center`.
    case circle(center: Place, radiusM: Double)

    /// Reads `S,W,N,E` in degrees.
    public init(box text: String) throws(TCError) {
        let numbers = try GeoArea.degrees(text, count: 4, as: "--bbox", form: "S,W,N,E")
        guard numbers[0] <= numbers[2] else {
            throw TCError(
                .usage, "--bbox '\(text)': south, \(numbers[0]), lies north of \(numbers[2])",
                hint: "the order is south, west, north, east")
        }
        self = .box(south: numbers[0], west: numbers[1], north: numbers[2], east: numbers[3])
    }

    /// Reads `LAT,LON` in degrees.
    public init(near text: String, radiusM: Double) throws(TCError) {
        let numbers = try GeoArea.degrees(text, count: 2, as: "--near", form: "LAT,LON")
        guard radiusM >= 0, radiusM.isFinite else {
            throw TCError(.usage, "--radius-m must be 0 or more metres, got \(radiusM)")
        }
        self = .circle(center: Place(lat: numbers[0], lon: numbers[1]), radiusM: radiusM)
    }

    /// Whether a place is inside; edges are.
    public func contains(_ place: Place) -> Bool {
        switch self {
        case .box(let south, let west, let north, let east):
            guard place.lat >= south, place.lat <= north else { return false }
            // All meridians meet at a pole.
            if place.lat.magnitude == 90 { return true }
            if GeoArea.isBetween(west, place.lon, east) { return true }
            // The antimeridian has two names.
            return place.lon.magnitude == 180 && GeoArea.isBetween(west, -place.lon, east)
        case .circle(let center, let radiusM):
            return center.distanceKm(to: place) * 1000 <= radiusM
        }
    }

    private static func isBetween(_ west: Double, _ lon: Double, _ east: Double) -> Bool {
        west <= east ? west <= lon && lon <= east : lon >= west || lon <= east
    }

    /// Latitudes at even positions, longitudes at odd ones, each in its range.
    private static func degrees(
        _ text: String, count: Int, as flag: String, form: String
    ) throws(TCError) -> [Double] {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        var numbers: [Double] = []
        for part in parts {
            var part = part[...]
            while part.first == " " { part.removeFirst() }
            guard let number = Double(part), number.isFinite else { break }
            numbers.append(number)
        }
        guard parts.count == count, numbers.count == count else {
            throw TCError(.usage, "\(flag) must be \(form) in degrees, got '\(text)'")
        }
        for (index, number) in numbers.enumerated() {
            let (name, limit) = index % 2 == 0 ? ("latitude", 90.0) : ("longitude", 180.0)
            guard number.magnitude <= limit else {
                throw TCError(
                    .usage,
                    "\(flag) '\(text)': \(name) \(number) is not between -\(Int(limit))"
                        + " and \(Int(limit))", hint: "the order is \(form)")
            }
        }
        return numbers
    }
}
