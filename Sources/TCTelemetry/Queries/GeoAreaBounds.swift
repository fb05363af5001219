import Glibc

extension GeoArea {
    /// Boxes that together hold every place of the area, and some around it.
    public var bounds: [PlaceBounds] {
        switch self {
        case .box(let south, let west, let north, let east):
            var boxes = GeoArea.boxes(south, north, from: west, to: east)
            // All meridians meet at a pole.
            if south == -90 { boxes += GeoArea.boxes(-90, -90, from: -180, to: 180) }
            if north == 90 { boxes += GeoArea.boxes(90, 90, from: -180, to: 180) }
            return boxes
        case .circle(let center, let radiusM): return GeoArea.boxes(center, radiusM)
        }
    }

    /// Going east from `from` to `to`, maybe across the antimeridian.
    private static func boxes(
        _ south: Double, _ north: Double, from: Double, to: Double
    ) -> [PlaceBounds] {
        func box(_ west: Double, _ east: Double) -> PlaceBounds {
            PlaceBounds(around: south, west, north, east)
        }
        if from > to { return [box(from, 180), box(-180, to)] }
        var boxes = [box(from, to)]
        // The antimeridian has two names.
        if from == -180 { boxes.append(box(180, 180)) }
        if to == 180 { boxes.append(box(-180, -180)) }
        return boxes
    }

    private static func boxes(_ center: Place, _ radiusM: Double) -> [PlaceBounds] {
        // The distance of a place is off by what its sines are rounded by: near the antipode, where
        // they change least, some 1e-8. A millionth of the earth's radius is six metres.
        let slack = 1e-6
        let degrees = 180 / Double.pi
        let angle = radiusM / 1000 / Place.earthRadiusKm + slack
        let south = center.lat - angle * degrees
        let north = center.lat + angle * degrees
        if south <= -90 || north >= 90 {
            return boxes(max(south, -90), min(north, 90), from: -180, to: 180)
        }
        // Where the meridians that touch the circle do: its widest parallel lies towards the pole.
        let half = (asin(min(1, sin(angle) / cos(center.lat / degrees))) + slack) * degrees
        let west = center.lon - half
        let east = center.lon + half
        return boxes(
            south, north, from: west < -180 ? west + 360 : west, to: east > 180 ? east - 360 : east)
    }
}
