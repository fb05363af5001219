/// What one row says about whether the vehicle moves.
enum Motion { case moving, standing, unknown }

/// Speed over time: the area under the readings joined by straight lines.
struct SpeedIntegral {
    /// In km/h × ms.
    private var sum = 0.0
    private var readings = 0
    private var value = 0.0
    private var firstTime: Int64 = 0
    private var time: Int64 = 0

    @inline(__always)
    mutating func add(_ speed: Double, at now: Int64) {
        if readings > 0 {
            sum += (value + speed) * 0.5 * Double(now - time)
        } else {
            firstTime = now
        }
        readings += 1
        value = speed
        time = now
    }

    /// Begins anew with the reading of `now`, if there is one.
    mutating func restart(at now: Int64) {
        sum = 0
        readings = readings > 0 && time == now ? 1 : 0
        firstTime = now
    }

    /// The average over time in km/h; NaN without a reading.
    var average: Double {
        readings == 0 ? .nan : time == firstTime ? value : sum / Double(time - firstTime)
    }
}

/// Tells movement from standing where messages carry no speed.
struct Displacement {
    private var anchor: Place?
    private var anchorTime: Int64?

    /// Farther than receivers scatter while a vehicle stands.
    private static let metresMoved = 25.0
    /// 25 m in a minute is 1.5 km/h; odometers in tenths show 6 km/h within it.
    private static let standingAfter: Int64 = 60_000

    /// A speed says better what the vehicle does at `now`.
    @inline(__always)
    mutating func know(at now: Int64) {
        anchor = nil
        anchorTime = now
    }

    mutating func judge(hasDriven: Bool, place: Place?, at now: Int64) -> Motion {
        if let place {
            if let anchor, anchor.distanceKm(to: place) * 1000 >= Displacement.metresMoved {
                self.anchor = place
                anchorTime = now
                return .moving
            }
            if anchor == nil || hasDriven { anchor = place }
        }
        if hasDriven || anchorTime == nil {
            anchorTime = now
            return hasDriven ? .moving : .unknown
        }
        return now - anchorTime! >= Displacement.standingAfter ? .standing : .unknown
    }

    /// Since when the vehicle has stood that is found standing at `now`.
    func since(_ now: Int64) -> Int64 { anchorTime ?? now }
}
