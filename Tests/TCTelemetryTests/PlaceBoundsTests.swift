import Glibc
import TCCore
import TCParquet
import TCStore
import Testing

@testable import TCTelemetry

/// Leaving out vehicles that were elsewhere changes no answer about an area.
@Suite struct PlaceBoundsTests {
    static let day: Int64 = 20_454 * 86_400_000

    // MARK: Rounding

    @Test func boundsAreTheNearestOutsideOfEveryPlace() {
        var random = Seeded(3)
        func check(_ lat: Double, _ lon: Double) {
            var span = PlaceSpan()
            span.take(lat, lon)
            let bounds = span.bounds
            for (low, high, value) in [
                (bounds.south, bounds.north, lat), (bounds.west, bounds.east, lon),
            ] {
                #expect(Double(low) / 100 <= value && value <= Double(high) / 100)
                #expect(Double(low + 1) / 100 > value && value > Double(high - 1) / 100)
            }
        }
        for _ in 0..<20_000 {
            check(.random(in: -90...90, using: &random), .random(in: -180...180, using: &random))
        }
        // On and just beside every hundredth.
        for hundredths in -9000...9000 {
            let lat = Double(hundredths) / 100
            for value in [lat, lat.nextUp, lat.nextDown] where value.magnitude <= 90 {
                check(value, value * 2)
            }
        }
        check(0, 0)
        check(-0.0, 180)
        check(.leastNonzeroMagnitude, -.leastNonzeroMagnitude)
    }

    @Test func whatIsNoPlaceOnTheEarthMayBeAnywhere() {
        for (lat, lon) in [(1.0, Double.nan), (.nan, 1), (91, 0), (0, 181), (.infinity, 0)] {
            var span = PlaceSpan()
            span.take(1, 1)
            span.take(lat, lon)
            #expect(span.bounds == .all, "\(lat), \(lon)")
        }
        var span = PlaceSpan()
        span.take(.nan, .nan)
        #expect(span.bounds == .none)
        #expect(PlaceBounds.none.union(.none) == .none)
        let box = PlaceBounds(around: 1, 2, 3, 4)
        #expect(PlaceBounds.none.union(box) == box && !PlaceBounds.none.overlaps(box))
        #expect(PlaceBounds.all.overlaps(box))
    }

    // MARK: Areas

    @Test(arguments: 0..<40) func anAreaLiesWithinItsBounds(_ seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<40 {
            let area = PlaceBoundsTests.randomArea(&random)
            let boxes = area.bounds
            for _ in 0..<200 {
                let place = PlaceBoundsTests.randomPlace(near: area, &random)
                guard area.contains(place) else { continue }
                var span = PlaceSpan()
                span.take(place.lat, place.lon)
                #expect(
                    boxes.contains { $0.overlaps(span.bounds) }, "\(place) is in \(area)")
            }
        }
    }

    @Test func aSmallAreaHasSmallBounds() throws {
        let box = try GeoArea(box: "37.7,-122.5,37.9,-122.2").bounds
        #expect(box == [PlaceBounds(south: 3770, west: -12250, north: 3790, east: -12220)])
        let circle = GeoArea.circle(center: Place(lat: 60, lon: 0.004), radiusM: 1112).bounds
        #expect(circle == [PlaceBounds(south: 5998, west: -2, north: 6002, east: 3)])
        let fiji = GeoArea.circle(center: Place(lat: 0, lon: -179.99), radiusM: 2000).bounds
        #expect(fiji.count == 2 && fiji.allSatisfy { $0.west >= 17998 || $0.east <= -17997 })
    }

    // MARK: Stores

    @Test(arguments: 0..<30) func leavingVehiclesOutChangesNoAnswer(_ seed: UInt64) throws {
        var random = Seeded(100 + seed)
        let bed = StoreBed()
        let store = try bed.store()
        var areas = (0..<6).map { _ in PlaceBoundsTests.randomArea(&random) }
        areas.append(.box(south: -90, west: -180, north: 90, east: 180))
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            var messages: [Message] = []
            for number in 0..<30 {
                let area = areas.randomElement(using: &random)!
                for _ in 0..<Int.random(in: 0...6, using: &random) {
                    var message = Message(
                        vehicle: "v-\(number)",
                        ts: PlaceBoundsTests.day + Int64.random(in: 0..<40, using: &random) * 100)
                    if Int.random(in: 0..<4, using: &random) > 0 {
                        let place = PlaceBoundsTests.randomPlace(near: area, &random)
                        (message.numbers[1], message.numbers[2]) = (place.lat, place.lon)
                    }
                    messages.append(message)
                }
            }
            try store.put(messages, groupRows: Int.random(in: 1...60, using: &random))
        }
        try compare(store, areas, &random)
        try store.compact(dryRun: false, StoreFaultTests.control) {
            Issue.record($0)
        } report: { _ in
        }
        try compare(store, areas, &random)
        try store.verify(StoreFaultTests.control) { #expect($0.fault == nil) }
    }

    private func compare(
        _ store: TelemetryStore, _ areas: [GeoArea], _ random: inout Seeded
    ) throws {
        for area in areas {
            var request = ScanRequest(columns: PlacesInArea.columns)
            request.latestOnly = Bool.random(using: &random)
            if Bool.random(using: &random) {
                let from = PlaceBoundsTests.day + Int64.random(in: 0..<4000, using: &random)
                request.from = Instant(milliseconds: from)
                request.to = Instant(
                    milliseconds: from + Int64.random(in: 0..<2000, using: &random))
            }
            let all = try answer(store, area, request)
            request.places = area.bounds
            #expect(try answer(store, area, request) == all, "\(area)")
        }
    }

    private func answer(
        _ store: TelemetryStore, _ area: GeoArea, _ request: ScanRequest
    ) throws -> String {
        var visitor = PlacesInArea(area)
        let snapshot = try store.snapshot(from: request.from, to: request.to)
        try snapshot.scanInOrder(request, visitor: &visitor)
        #expect(snapshot.failures.errors.isEmpty)
        return String(decoding: visitor.records.bytes, as: UTF8.self)
    }

    @Test func aVehicleThatWasElsewhereIsNotRead() throws {
        let bed = StoreBed()
        let store = try bed.store()
        func message(_ vehicle: String, _ ts: Int64, _ lat: Double?) -> Message {
            var message = Message(vehicle: vehicle, ts: PlaceBoundsTests.day + ts)
            message.numbers[1] = lat
            message.numbers[2] = lat
            return message
        }
        try store.put([
            message("far", 0, 50), message("gone", 0, 10), message("gone", 1, 50),
            message("here", 0, 10), message("mute", 0, nil),
        ])
        try store.put([message("far", 5, 10), message("here", 5, 50)])
        var request = ScanRequest(columns: .place)
        request.places = [PlaceBounds(around: 9, 9, 11, 11)]
        let vehicles = try store.snapshot().collect(request).map(\.vehicle)
        #expect(vehicles == ["far", "far", "gone", "gone", "here", "here"])
        request.to = Instant(milliseconds: PlaceBoundsTests.day + 5)
        #expect(
            try store.snapshot().collect(request).map(\.vehicle) == ["gone", "gone", "here"])
    }

    // MARK: Faults

    @Test(arguments: [1, -1]) func verifyFindsAWrongBound(_ change: Int16) throws {
        let bed = StoreBed()
        let store = try bed.store()
        var message = Message(vehicle: "a", ts: PlaceBoundsTests.day)
        (message.numbers[1], message.numbers[2]) = (10.001, 20.001)
        try store.put([message]) { bounds in
            for run in bounds.indices { bounds[run].north += change }
        }
        var fault: TCError?
        try store.verify(StoreFaultTests.control) { fault = $0.fault }
        #expect(fault?.message.contains("its bounds of the places of 'a'") == true)
        #expect(try store.snapshot().collect() == [message])
    }

    @Test func damagedBoundsAreTheFaultOfQuestionsAboutAnAreaAlone() throws {
        let bed = StoreBed()
        let store = try bed.store()
        var message = Message(vehicle: "a", ts: PlaceBoundsTests.day)
        (message.numbers[1], message.numbers[2]) = (10, 20)
        try store.put([message])
        let path = "\(bed.path)/store/telemetry/\(bed.allFiles()[0])"
        let place = try #require(
            try ParquetFile(path: path).keyValues["tc.attachment.tc.places"])
        let descriptor = open(path, O_WRONLY)
        #expect(pwrite(descriptor, "x", 1, off_t(Int(place.split(separator: ",")[0])!)) == 1)
        close(descriptor)

        let whole = try store.snapshot()
        #expect(try whole.collect() == [message])
        #expect(whole.failures.errors.isEmpty)
        var request = ScanRequest(columns: .place)
        request.places = [.all]
        let snapshot = try store.snapshot()
        _ = try snapshot.collect(request)
        #expect(snapshot.failures.errors.count == 1)
        #expect(snapshot.failures.errors.allSatisfy { $0.message.contains(path) })
        var fault: TCError?
        try store.verify(StoreFaultTests.control) { fault = $0.fault }
        #expect(fault?.message.contains(path) == true)
    }

    // MARK: Chance

    private static func randomArea(_ random: inout Seeded) -> GeoArea {
        let lat = oneOf([-90, -89.99, 0, 60, 89.99, 90], or: -90...90, &random)
        let lon = oneOf([-180, -179.99, 0, 179.99, 180], or: -180...180, &random)
        if Bool.random(using: &random) {
            let radiusM = oneOf(
                [0, 5, 20_015_000, 20_015_114, 30_000_000], or: 0...3_000_000, &random)
            return .circle(center: Place(lat: lat, lon: lon), radiusM: radiusM)
        }
        return .box(
            south: lat, west: lon,
            north: min(90, lat + oneOf([0, 0.01, 180], or: 0...30, &random)),
            east: oneOf([lon, -180, 180], or: -180...180, &random))
    }

    /// Often in the area or close to its edge.
    private static func randomPlace(near area: GeoArea, _ random: inout Seeded) -> Place {
        func jitter() -> Double { oneOf([0, 0.01, -0.01, 1e-7], or: -1...1, &random) }
        func limited(_ value: Double, _ limit: Double) -> Double { max(-limit, min(limit, value)) }
        switch area {
        case .box(let south, let west, let north, let east):
            let lat = oneOf([south, north], or: south...north, &random)
            let lon = oneOf(
                [west, east, -180, 180], or: min(west, east)...max(west, east), &random)
            return Place(lat: limited(lat + jitter(), 90), lon: limited(lon + jitter(), 180))
        case .circle(let center, let radiusM):
            // Along a parallel or a meridian up to about the edge.
            let reach =
                min(180, radiusM / 1000 / Place.kmPerDegree)
                * oneOf(
                    [0, 1, -1, 0.999999999, 1.000000001], or: -1.2...1.2, &random)
            if Bool.random(using: &random) {
                return Place(
                    lat: limited(center.lat + reach, 90),
                    lon: Bool.random(using: &random)
                        ? center.lon : .random(in: -180...180, using: &random))
            }
            var lon = center.lon + reach * oneOf([1], or: 1...20, &random)
            while lon > 180 { lon -= 360 }
            while lon < -180 { lon += 360 }
            return Place(lat: limited(center.lat + jitter(), 90), lon: lon)
        }
    }

    private static func oneOf(
        _ special: [Double], or range: ClosedRange<Double>, _ random: inout Seeded
    ) -> Double {
        Bool.random(using: &random)
            ? special.randomElement(using: &random)! : .random(in: range, using: &random)
    }
}
