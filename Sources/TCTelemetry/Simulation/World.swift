/// What all simulated vehicles share: places, climate, makes, and the tables of angles.
///
/// The tables are made with IEEE 754 additions and multiplications alone, which give the same bits
/// everywhere; a library's sine may not. All later arithmetic is in integers.
///
/// The object owns the tables; vehicles read them through its pointers while the run holds it.
final class World {
    /// Angles are 16-bit: a full turn is 65,536. The tables step by 64.
    static let angleSteps = 1024

    struct City {
        let name: String
        let latitude: Double
        let longitude: Double
        /// Yearly mean and half the swing between winter and summer, m°C; a negative swing is a
        /// southern one.
        let mean: Int32
        let swing: Int32
        /// Metres above the sea.
        let altitude: Int32
    }

    static let cities = [
        City("San Francisco", 37.7749, -122.4194, 14_000, 3000, 16),
        City("Los Angeles", 34.0522, -118.2437, 18_000, 4000, 89),
        City("New York", 40.7128, -74.0060, 13_000, 12_000, 30),
        City("Seattle", 47.6062, -122.3321, 12_000, 7000, 53),
        City("Austin", 30.2672, -97.7431, 21_000, 9000, 149),
        City("Chicago", 41.8781, -87.6298, 11_000, 14_000, 181),
        City("Berlin", 52.5200, 13.4050, 10_000, 9500, 34),
        City("Oslo", 59.9139, 10.7522, 7000, 11_000, 23),
        City("Shanghai", 31.2304, 121.4737, 17_000, 12_000, 15),
        City("Paris", 48.8566, 2.3522, 12_000, 8000, 35),
        City("Sydney", -33.8688, 151.2093, 18_000, -5000, 40),
        City("London", 51.5074, -0.1278, 11_000, 7000, 21),
        City("Reykjavik", 64.1466, -21.9426, 5000, 6000, 30),
        City("Singapore", 1.3521, 103.8198, 27_500, 500, 18),
        City("São Paulo", -23.5505, -46.6333, 20_000, -3000, 760),
        City("Nairobi", -1.2921, 36.8219, 19_000, -1500, 1795),
    ]

    /// The cosine of 1,024 angles, times 32,768.
    let cosines: UnsafeMutablePointer<Int32>
    /// 16,384 / cos latitude, by the latitude's size in nanodegrees / 2²⁷ (0.13°).
    let stretches: UnsafeMutablePointer<Int32>
    let places: UnsafeMutablePointer<Place>

    private static let stretchCount = 640

    /// A city in integers.
    struct Place {
        /// Nanodegrees.
        let latitude: Int64
        let longitude: Int64
        let mean: Int32
        let swing: Int32
        let altitude: Int32
        /// How far the sun's time is ahead of UTC.
        let solarSeconds: Int32
    }

    init() {
        let full = World.rotations(by: 2 * 3.141592653589793 / 1024, count: 1024)
        cosines = .allocate(capacity: 1024)
        for (index, value) in full.enumerated() {
            cosines[index] = Int32((value * 32768).rounded())
        }
        let step = 134_217_728e-9 / 180 * 3.141592653589793
        stretches = .allocate(capacity: World.stretchCount)
        for (index, value) in World.rotations(by: step, count: World.stretchCount).enumerated() {
            stretches[index] = Int32((16384 / value).rounded())
        }
        places = .allocate(capacity: World.cities.count)
        for (index, city) in World.cities.enumerated() {
            (places + index).initialize(
                to: Place(
                    latitude: Int64((city.latitude * 1e9).rounded()),
                    longitude: Int64((city.longitude * 1e9).rounded()),
                    mean: city.mean, swing: city.swing, altitude: city.altitude,
                    solarSeconds: Int32((city.longitude * 240).rounded())))
        }
    }

    deinit {
        cosines.deallocate()
        stretches.deallocate()
        places.deallocate()
    }

    /// Times 32,768; `angle` is 16-bit and wraps.
    @inline(__always)
    func cosine(_ angle: Int32) -> Int64 { Int64(cosines[Int(angle >> 6 & 1023)]) }

    @inline(__always)
    func sine(_ angle: Int32) -> Int64 { cosine(angle &- 16384) }

    /// Degrees of longitude that one degree's length of latitude spans at `latitude`, times 16,384.
    @inline(__always)
    func stretch(at latitude: Int64) -> Int64 {
        Int64(stretches[min(Int(abs(latitude) >> 27), World.stretchCount - 1)])
    }

    /// The air's temperature in m°C: the season's mean and the hour's swing, coldest at three in the
    /// morning by the sun.
    @inline(__always)
    func ambient(_ city: Int, _ clock: TickClock) -> Int32 {
        let place = places[city]
        let second = Int64(clock.secondOfDay + place.solarSeconds - 54_000)
        let hour = cosines[Int((second * 1024 / 86_400) & 1023)]
        let season = cosines[Int(clock.yearAngle)]
        return place.mean + Int32((Int64(place.swing) * Int64(season)) >> 15)
            + Int32((4500 * Int64(hour)) >> 15)
    }

    /// cos 0, cos `radians`, cos 2·`radians` …, by turning (1, 0) again and again. `radians` is
    /// below 0.01, where five terms of the series are exact.
    private static func rotations(by radians: Double, count: Int) -> [Double] {
        let square = radians * radians
        let cosine = 1 - square / 2 + square * square / 24 - square * square * square / 720
        let sine = radians * (1 - square / 6 + square * square / 120)
        var values: [Double] = []
        var (x, y) = (1.0, 0.0)
        for _ in 0..<count {
            values.append(x)
            (x, y) = (x * cosine - y * sine, x * sine + y * cosine)
        }
        return values
    }
}

extension World.City {
    init(
        _ name: String, _ latitude: Double, _ longitude: Double, _ mean: Int32, _ swing: Int32,
        _ altitude: Int32
    ) {
        self.init(
            name: name, latitude: latitude, longitude: longitude, mean: mean, swing: swing,
            altitude: altitude)
    }
}

/// One tick of a run, as all vehicles see it.
struct TickClock {
    /// Epoch milliseconds of the tick's beginning.
    let milliseconds: Int64
    /// Milliseconds since the tick before.
    let step: Int64
    let secondOfDay: Int32
    /// 0 at midsummer of the north, in 1,024ths of a year.
    let yearAngle: Int32

    init(_ plan: FleetPlan, tick: Int64) {
        let offset = plan.rate.offset(ofTick: tick)
        milliseconds = plan.start.milliseconds + offset
        step = plan.rate.offset(ofTick: tick + 1) - offset
        let day = milliseconds / 86_400_000
        secondOfDay = Int32(milliseconds % 86_400_000 / 1000)
        // The year is 365.2425 days; 20 July is the 200th.
        yearAngle = Int32(((day - 200) * 10_240_000 / 3_652_425) & 1023)
    }
}
