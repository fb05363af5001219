import TCCore
import TCWire

/// Finds runs of movement: one record a trip.
///
/// A row says that the vehicle moves where `speed_kph` is above 0. Where a row carries no speed,
/// the odometer or the place says it: moved is what read more kilometres or stands 25 m from where
/// it stood, standing is what did neither for a minute. A row that says nothing changes nothing.
///
/// A trip begins and ends with a moving row. It is over when a stop has lasted `gap`, counted from
/// the first standing row; or when the vehicle gave no sign of movement for longer than `silence`
/// (or `gap`, if that is longer), since nobody knows what it did meanwhile. With a `gap` of 0 every
/// standing row ends the trip. Values that a message does not carry are the last known ones.
public struct TripFinder: RecordVisitor {
    /// The columns that a scan must ask for.
    public static let columns = ColumnSet(.speedKph, .odometerKm, .lat, .lon, .socPct)

    /// The records of the vehicles seen, in their order, each vehicle's in time order.
    public private(set) var records = JSONWriter()

    private let gap: Int64
    private let silence: Int64
    private var vehicleID: [UInt8] = []
    private var odometer = OdometerTrack()
    private var places = PlaceTrack()
    private var soc = Double.nan
    private var speed = SpeedIntegral()
    private var displacement = Displacement()
    private var trip = Trip()
    private var isUnderway = false
    /// When the stop began that may end the trip; nil while it moves.
    private var standingSince: Int64?

    public init(gap: Duration, silence: Duration) {
        self.gap = gap.milliseconds
        self.silence = max(gap.milliseconds, silence.milliseconds)
    }

    public mutating func visit(_ rows: VehicleRows) throws {
        if vehicleID.isEmpty { vehicleID.append(contentsOf: rows.vehicleID) }
        let ts = rows.ts
        let speeds = rows[.speedKph]
        let odometers = rows[.odometerKm]
        let lats = rows[.lat]
        let lons = rows[.lon]
        let socs = rows[.socPct]
        for row in 0..<rows.count {
            let now = ts[row]
            if !socs[row].isNaN { soc = socs[row] }
            let hasOdometer = !odometers[row].isNaN
            let hasDriven = hasOdometer && odometer.take(odometers[row], at: now)
            var outcome = PlaceTrack.Outcome.ignored
            if !lats[row].isNaN { outcome = places.take(lat: lats[row], lon: lons[row], at: now) }

            let motion: Motion
            if !speeds[row].isNaN {
                motion = speeds[row] > 0 ? .moving : .standing
                displacement.know(at: now)
                speed.add(speeds[row], at: now)
            } else if hasOdometer || outcome != .ignored {
                motion = displacement.judge(
                    hasDriven: hasDriven, place: outcome == .ignored ? nil : places.place, at: now)
            } else {
                motion = .unknown
            }

            switch motion {
            case .moving:
                if isUnderway, isOver(at: now) { close(isOngoing: false) }
                if !isUnderway {
                    begin(at: now, readsOdometer: hasOdometer, readsPlace: outcome != .ignored)
                }
                extend(at: now, speed: speeds[row], hasOdometer: hasOdometer, outcome)
            case .standing:
                guard isUnderway else { continue }
                if standingSince == nil { standingSince = max(trip.end, displacement.since(now)) }
                if isOver(at: now) { close(isOngoing: false) }
            case .unknown:
                if isUnderway, isOver(at: now) { close(isOngoing: false) }
            }
        }
    }

    public mutating func endVehicle() throws {
        if isUnderway { close(isOngoing: true) }
        vehicleID.removeAll(keepingCapacity: true)
        odometer = OdometerTrack()
        places = PlaceTrack()
        soc = .nan
        speed = SpeedIntegral()
        displacement = Displacement()
    }

    private func isOver(at now: Int64) -> Bool {
        if let standingSince, now - standingSince >= gap { return true }
        return now - trip.end > silence
    }

    /// Begins a trip with what was last known; what the row itself says is taken by `extend`.
    private mutating func begin(at now: Int64, readsOdometer: Bool, readsPlace: Bool) {
        // What was last known before a silence says nothing about where the trip began.
        let isOdometerFresh =
            !readsOdometer && odometer.isKnown && now - odometer.time <= silence
        let isPlaceFresh = !readsPlace && places.isKnown && now - places.time <= silence
        speed.restart(at: now)
        isUnderway = true
        trip = Trip(
            start: now, odometer: isOdometerFresh ? odometer.line : .nan,
            place: isPlaceFresh ? places.place : nil, soc: soc)
    }

    /// Takes the row that has just been read into the trip.
    @inline(__always)
    private mutating func extend(
        at now: Int64, speed kph: Double, hasOdometer: Bool, _ outcome: PlaceTrack.Outcome
    ) {
        standingSince = nil
        trip.end = now
        trip.socEnd = soc
        if kph > trip.maxSpeed { trip.maxSpeed = kph }
        trip.speed = speed
        if hasOdometer { trip.takeOdometer(odometer.line) }
        if outcome != .ignored { trip.takePlace(places.place, hasJumped: outcome == .restarted) }
    }

    private mutating func close(isOngoing: Bool) {
        vehicleID.withUnsafeBufferPointer {
            trip.write(vehicleID: $0, isOngoing: isOngoing, to: &records)
        }
        isUnderway = false
        standingSince = nil
    }
}
