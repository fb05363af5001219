/// A box that holds some places: its edges in hundredths of a degree, rounded outwards.
///
/// Between the edges and the places lies less than 0.01°, about a kilometre. A box never crosses the
/// antimeridian; what does is two boxes, or one that goes round the earth.
public struct PlaceBounds: Sendable, Equatable {
    var south: Int16
    var west: Int16
    var north: Int16
    var east: Int16

    /// Holds no place: its edges have changed sides.
    static let none = PlaceBounds(south: 9000, west: 18000, north: -9000, east: -18000)
    static let all = PlaceBounds(south: -9000, west: -18000, north: 9000, east: 18000)

    /// Whether a place may be in both.
    @inline(__always)
    func overlaps(_ other: PlaceBounds) -> Bool {
        south <= other.north && other.south <= north && west <= other.east && other.west <= east
    }

    /// The least box that holds what either does.
    func union(_ other: PlaceBounds) -> PlaceBounds {
        PlaceBounds(
            south: min(south, other.south), west: min(west, other.west),
            north: max(north, other.north), east: max(east, other.east))
    }
}

extension PlaceBounds {
    /// Rounds outwards. The edges are degrees within -90 to 90 and -180 to 180, `south` at most
    /// `north` and `west` at most `east`.
    init(around south: Double, _ west: Double, _ north: Double, _ east: Double) {
        self.init(
            south: PlaceBounds.below(south), west: PlaceBounds.below(west),
            north: -PlaceBounds.below(-north), east: -PlaceBounds.below(-east))
    }

    /// The greatest number of hundredths that is not above `degrees`: the product alone may be
    /// rounded to the wrong side.
    private static func below(_ degrees: Double) -> Int16 {
        var hundredths = (degrees * 100).rounded(.down)
        if hundredths / 100 > degrees { hundredths -= 1 }
        if (hundredths + 1) / 100 <= degrees { hundredths += 1 }
        return Int16(hundredths)
    }
}

/// Finds the bounds of places that come one by one.
struct PlaceSpan {
    private var south = Double.infinity
    private var west = Double.infinity
    private var north = -Double.infinity
    private var east = -Double.infinity
    /// What others wrote may hold half a place, or one that is not on the earth. Such a place can
    /// mean anything to a question.
    private var isOdd = false

    /// Takes in a place; NaN is absent.
    @inline(__always)
    mutating func take(_ lat: Double, _ lon: Double) {
        if lat.magnitude <= 90, lon.magnitude <= 180 {
            south = min(south, lat)
            north = max(north, lat)
            west = min(west, lon)
            east = max(east, lon)
        } else if !lat.isNaN || !lon.isNaN {
            isOdd = true
        }
    }

    var bounds: PlaceBounds {
        if isOdd { return .all }
        if south > north { return .none }
        return PlaceBounds(around: south, west, north, east)
    }
}
