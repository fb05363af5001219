import Glibc

/// A point on the earth in degrees, WGS 84.
public struct Place: Equatable, Sendable {
    public let lat: Double
    public let lon: Double

    public init(lat: Double, lon: Double) {
        self.lat = lat
        self.lon = lon
    }

    /// The mean radius of the earth in kilometres (IUGG). Against the ellipsoid a distance is off
    /// by at most 0.5 %, less than what positions a second apart lose on bends.
    static let earthRadiusKm = 6371.0088
    static let kmPerDegree = earthRadiusKm * .pi / 180

    /// The great-circle distance in kilometres (haversine, exact also for points close together and
    /// across the antimeridian and the poles).
    public func distanceKm(to other: Place) -> Double {
        let radians = Double.pi / 180
        let halfLat = sin((other.lat - lat) * radians / 2)
        let halfLon = sin((other.lon - lon) * radians / 2)
        let h =
            halfLat * halfLat + cos(lat * radians) * cos(other.lat * radians) * halfLon * halfLon
        return 2 * Place.earthRadiusKm * asin(min(1, h.squareRoot()))
    }
}
