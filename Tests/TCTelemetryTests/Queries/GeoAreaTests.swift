import Glibc
import TCCore
import Testing

@testable import TCTelemetry

@Suite struct GeoAreaTests {
    @Test(arguments: [
        (52.5, 13.4, true), (50, 10, true), (55, 15, true), (49.999, 13, false), (52, 15.01, false),
    ])
    func `a box holds its inside and its edges`(lat: Double, lon: Double, inside: Bool) throws {
        #expect(try GeoArea(box: "50,10,55,15").contains(Place(lat: lat, lon: lon)) == inside)
    }

    @Test(arguments: [
        (-17.0, 179.0, true), (-17, -179, true), (-17, 180, true), (-17, -180, true),
        (-17, 176.9, false), (-17, -177.9, false), (-17, 0, false),
    ])
    func `a box whose west is above its east crosses the antimeridian`(
        lat: Double, lon: Double, inside: Bool
    ) throws {
        #expect(try GeoArea(box: "-20,177,-15,-178").contains(Place(lat: lat, lon: lon)) == inside)
    }

    @Test func `the antimeridian is one line with two names`() throws {
        #expect(try GeoArea(box: "0,170,10,180").contains(Place(lat: 5, lon: -180)))
        #expect(try GeoArea(box: "0,-180,10,-170").contains(Place(lat: 5, lon: 180)))
        #expect(try !GeoArea(box: "0,-170,10,-160").contains(Place(lat: 5, lon: 180)))
    }

    @Test func `a pole lies on every meridian`() throws {
        let arctic = try GeoArea(box: "80,10,90,20")
        #expect(arctic.contains(Place(lat: 90, lon: -100)))
        #expect(!arctic.contains(Place(lat: 89.9, lon: -100)))
        let antarctic = try GeoArea(box: "-90,10,-80,20")
        #expect(antarctic.contains(Place(lat: -90, lon: 0)))
    }

    @Test func `a circle reaches over the pole and the antimeridian`() throws {
        let pole = try GeoArea(near: "89.9,0", radiusM: 25_000)
        #expect(pole.contains(Place(lat: 89.9, lon: 180)))
        #expect(!pole.contains(Place(lat: 89.8, lon: 180)))
        let fiji = try GeoArea(near: "-17,179.99", radiusM: 3_000)
        #expect(fiji.contains(Place(lat: -17, lon: -179.99)))
    }

    @Test func `distances agree with vectors in space`() {
        var random = SeededRandom(seed: 7)
        for _ in 0..<2_000 {
            let a = Place(
                lat: .random(in: -90...90, using: &random),
                lon: .random(in: -180...180, using: &random))
            let b = Place(
                lat: .random(in: -90...90, using: &random),
                lon: .random(in: -180...180, using: &random))
            let (u, v) = (vector(a), vector(b))
            let cross = (
                u.1 * v.2 - u.2 * v.1, u.2 * v.0 - u.0 * v.2, u.0 * v.1 - u.1 * v.0
            )
            let sine = (cross.0 * cross.0 + cross.1 * cross.1 + cross.2 * cross.2).squareRoot()
            let cosine = u.0 * v.0 + u.1 * v.1 + u.2 * v.2
            let expected = atan2(sine, cosine) * 6371.0088
            #expect(abs(a.distanceKm(to: b) - expected) < 0.001, "\(a) \(b)")
        }
    }

    @Test func `a metre is a metre`() {
        let here = Place(lat: 52.52, lon: 13.405)
        #expect(here.distanceKm(to: here) == 0)
        let metreNorth = Place(lat: 52.52 + 1 / 111_195.08, lon: 13.405)
        #expect(abs(here.distanceKm(to: metreNorth) * 1000 - 1) < 1e-4)
    }

    @Test(arguments: [
        ("1,2,3", "--bbox must be S,W,N,E in degrees, got '1,2,3'"),
        ("1,2,x,4", "--bbox must be S,W,N,E in degrees, got '1,2,x,4'"),
        ("5,2,3,4", "--bbox '5,2,3,4': south, 5.0, lies north of 3.0"),
        ("1,200,3,4", "--bbox '1,200,3,4': longitude 200.0 is not between -180 and 180"),
        ("nan,0,3,4", "--bbox must be S,W,N,E in degrees, got 'nan,0,3,4'"),
    ])
    func `says what is wrong with a box`(text: String, message: String) {
        let error = #expect(throws: TCError.self) { try GeoArea(box: text) }
        #expect(error?.message == message)
        #expect(error?.kind == .usage)
    }

    @Test func `says what is wrong with a circle`() {
        #expect(throws: TCError.self) { try GeoArea(near: "91,0", radiusM: 1) }
        #expect(throws: TCError.self) { try GeoArea(near: "1,0", radiusM: -1) }
        #expect(throws: TCError.self) { try GeoArea(near: "1", radiusM: 1) }
    }

    @Test func `finds vehicles by their last place and not by earlier ones`() throws {
        let vehicles = [
            FixtureVehicle(
                id: "came",
                rows: [
                    FixtureRow(1, [.lat: 1, .lon: 1]), FixtureRow(2, [.lat: 50, .lon: 10]),
                    FixtureRow(3, [.socPct: 4]),
                ]),
            FixtureVehicle(
                id: "left",
                rows: [
                    FixtureRow(1, [.lat: 50, .lon: 10]), FixtureRow(2, [.lat: 1, .lon: 1]),
                ]),
            FixtureVehicle(id: "unknown", rows: [FixtureRow(1, [.socPct: 50])]),
        ]
        var visitor = PlacesInArea(try GeoArea(near: "50,10.001", radiusM: 100))
        try visit(vehicles, with: &visitor, columns: PlacesInArea.columns)
        #expect(
            lines(visitor.records.bytes) == [
                #"{"vehicle_id":"came","ts":"1970-01-01T00:00:02.000Z","lat":50,"lon":10,"distance_m":71.5}"#
            ])
    }
}

private func vector(_ place: Place) -> (Double, Double, Double) {
    let (lat, lon) = (place.lat * .pi / 180, place.lon * .pi / 180)
    return (cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat))
}
