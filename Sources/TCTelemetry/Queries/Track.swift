import Glibc

/// The odometer of one vehicle with its glitches taken out.
///
/// A reading is believed when it is not below the one before and no vehicle would have been too
/// slow for it. One that is not believed waits: if the next one agrees with it, the odometer was
/// set anew and counting goes on from there; if not, it was a glitch.
struct OdometerTrack {
    /// The last believed reading; NaN before the first.
    private(set) var reading = Double.nan
    /// When that was.
    private(set) var time: Int64 = 0
    private var doubted = Double.nan
    private var doubtedTime: Int64 = 0
    /// What the readings must be raised by so that `line` has no jump where the odometer was set
    /// anew.
    private var offset = 0.0

    /// Kilometres driven since some moment; only differences mean anything.
    var line: Double { reading + offset }
    var isKnown: Bool { !reading.isNaN }

    /// Whether `value` is more than the believed reading before it, or takes over from it.
    ///
    /// - Parameter value: not NaN.
    @inline(__always)
    mutating func take(_ value: Double, at now: Int64) -> Bool {
        let step = value - reading
        if step >= 0, step <= Plausible.km(in: now - time) {
            reading = value
            time = now
            doubted = .nan
            return step > 0
        }
        return takeDoubtful(value, at: now)
    }

    @inline(never)
    private mutating func takeDoubtful(_ value: Double, at now: Int64) -> Bool {
        if reading.isNaN {
            reading = value
            time = now
            return false
        }
        let step = value - doubted
        guard step >= 0, step <= Plausible.km(in: now - doubtedTime) else {
            doubted = value
            doubtedTime = now
            return false
        }
        offset += reading - doubted
        reading = value
        time = now
        doubted = .nan
        return step > 0
    }
}

/// The places of one vehicle with the receiver's glitches taken out, by the same rule as the
/// odometer.
///
/// A coordinate of exactly 0 is what receivers without a fix report, and is passed over.
struct PlaceTrack {
    /// The last believed place; NaN before the first.
    private(set) var lat = Double.nan
    private(set) var lon = Double.nan
    /// When that was.
    private(set) var time: Int64 = 0
    private var doubted = Place(lat: .nan, lon: .nan)
    private var doubtedTime: Int64 = 0
    /// Kilometres for a degree of longitude near `scaleLat`: a cosine a message would cost more
    /// than all the rest.
    private var lonScale = 0.0
    private var scaleLat = Double.nan

    var place: Place { Place(lat: lat, lon: lon) }
    var isKnown: Bool { !lat.isNaN }

    enum Outcome { case ignored, followed, restarted }

    /// Takes one position; neither is NaN.
    ///
    /// - Returns: `followed` where it is believed, `restarted` where it and the one before agree
    ///   with each other but not with those earlier, `ignored` else.
    @inline(__always)
    mutating func take(lat newLat: Double, lon newLon: Double, at now: Int64) -> Outcome {
        if newLat == lat, newLon == lon {
            time = now
            return .followed
        }
        let north = (newLat - lat) * Place.kmPerDegree
        let east = (newLon - lon) * lonScale
        let reach = Plausible.km(in: now - time)
        // False where there is no place yet, where the cosine is stale and across the antimeridian.
        if north * north + east * east <= reach * reach, (newLat - scaleLat).magnitude < 0.5,
            newLat != 0, newLon != 0
        {
            lat = newLat
            lon = newLon
            time = now
            doubted = Place(lat: .nan, lon: .nan)
            return .followed
        }
        return takeDoubtful(Place(lat: newLat, lon: newLon), at: now)
    }

    @inline(never)
    private mutating func takeDoubtful(_ new: Place, at now: Int64) -> Outcome {
        guard new.lat != 0, new.lon != 0 else { return .ignored }
        if lat.isNaN || place.distanceKm(to: new) <= Plausible.km(in: now - time) {
            follow(new, at: now)
            return .followed
        }
        // False while nothing is doubted, since NaN is below nothing.
        if doubted.distanceKm(to: new) <= Plausible.km(in: now - doubtedTime), !doubted.lat.isNaN {
            follow(new, at: now)
            return .restarted
        }
        doubted = new
        doubtedTime = now
        return .ignored
    }

    private mutating func follow(_ new: Place, at now: Int64) {
        lat = new.lat
        lon = new.lon
        time = now
        doubted = Place(lat: .nan, lon: .nan)
        if !((new.lat - scaleLat).magnitude < 0.25) {
            scaleLat = new.lat
            lonScale = Place.kmPerDegree * cos(new.lat * .pi / 180)
        }
    }
}

/// How far a vehicle can have come.
enum Plausible {
    /// 500 km/h, the fastest speed that a message may carry, and 200 m for the resolution of
    /// odometers and the scatter of receivers.
    @inline(__always)
    static func km(in milliseconds: Int64) -> Double {
        Double(milliseconds) * (500.0 / 3_600_000) + 0.2
    }
}
