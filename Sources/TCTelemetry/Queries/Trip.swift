import TCCore
import TCWire

/// One run of movement while it is being found.
struct Trip {
    private var start: Int64 = 0
    /// The last moving row so far.
    var end: Int64 = 0
    private var socStart = Double.nan
    var socEnd = Double.nan
    var maxSpeed = -Double.infinity
    var speed = SpeedIntegral()

    private var odometerStart = Double.nan
    private var odometerEnd = Double.nan
    private var odometerReadings = 0

    private var firstPlace: Place?
    private var lastPlace: Place?
    /// How far the places lie apart one by one; counted only while it may be needed.
    private var pathKm = 0.0
    private var placeCount = 0

    init() {}

    /// - Parameters:
    ///   - odometer: what it read when the trip began, NaN where nobody knows.
    ///   - place: where it began, nil where nobody knows.
    init(start: Int64, odometer: Double, place: Place?, soc: Double) {
        self.start = start
        end = start
        socStart = soc
        socEnd = soc
        if !odometer.isNaN {
            odometerStart = odometer
            odometerEnd = odometer
            odometerReadings = 1
        }
        if let place {
            firstPlace = place
            lastPlace = place
            placeCount = 1
        }
    }

    /// Takes a reading of a moving row.
    @inline(__always)
    mutating func takeOdometer(_ line: Double) {
        if odometerReadings == 0 { odometerStart = line }
        odometerReadings += 1
        odometerEnd = line
    }

    /// Takes the place of a moving row.
    ///
    /// - Parameter hasJumped: the places before it were glitches, or a gap lies between.
    @inline(__always)
    mutating func takePlace(_ place: Place, hasJumped: Bool) {
        placeCount += 1
        if odometerReadings < 2 || hasJumped { advance(to: place, hasJumped: hasJumped) }
        lastPlace = place
    }

    private mutating func advance(to place: Place, hasJumped: Bool) {
        guard let lastPlace, !hasJumped else {
            // A trip whose first place was a glitch began where the believable ones begin.
            if placeCount <= 2 { firstPlace = place }
            return
        }
        pathKm += lastPlace.distanceKm(to: place)
    }

    /// Appends the trip's record.
    func write(
        vehicleID: UnsafeBufferPointer<UInt8>, isOngoing: Bool, to records: inout JSONWriter
    ) {
        records.beginObject()
        records.key("vehicle_id")
        records.string(utf8: vehicleID)
        records.key("start")
        records.instant(Instant(milliseconds: start))
        records.key("end")
        records.instant(Instant(milliseconds: end))
        records.seconds("duration_s", milliseconds: end - start)
        if let (km, source) = distance {
            records.rounded("distance_km", km, decimals: 3)
            records.key("distance_source")
            records.string(source)
        }
        records.rounded("soc_start_pct", socStart, decimals: 3)
        records.rounded("soc_end_pct", socEnd, decimals: 3)
        records.rounded("soc_used_pct", socStart - socEnd, decimals: 3)
        records.rounded("avg_speed_kph", averageSpeed, decimals: 2)
        records.rounded("max_speed_kph", maxSpeed, decimals: 3)
        if let firstPlace, let lastPlace {
            records.key("start_lat")
            records.double(firstPlace.lat)
            records.key("start_lon")
            records.double(firstPlace.lon)
            records.key("end_lat")
            records.double(lastPlace.lat)
            records.key("end_lon")
            records.double(lastPlace.lon)
        }
        records.key("ongoing")
        records.bool(isOngoing)
        records.endObject()
        records.newline()
    }

    /// From the odometer where there is one, from the places where not. One reading or place alone
    /// shows no distance.
    private var distance: (km: Double, source: String)? {
        if odometerReadings >= 2 { return (odometerEnd - odometerStart, "odometer") }
        if placeCount >= 2 { return (pathKm, "coordinates") }
        if odometerReadings == 1 { return (0, "odometer") }
        return placeCount == 1 ? (0, "coordinates") : nil
    }

    /// Over time, stops included; from the distance where no message carried a speed.
    private var averageSpeed: Double {
        let average = speed.average
        guard average.isNaN, end > start, let distance else { return average }
        return distance.km / (Double(end - start) / 3_600_000)
    }
}
