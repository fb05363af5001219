import TCCore
import TCWire

/// Finds charging sessions: one record a session.
///
/// A vehicle charges from the row that says `charge: charging` to the last row before one that says
/// otherwise; a row without `charge` says what the one before said. A vehicle that never sends
/// `charge` charges while its `charge_kw` is above 0.
///
/// A session is over when the pause has lasted `gap` (0: at once), when the vehicle was silent for
/// longer than `silence`, or when `charge_kwh` falls, since it counts one session.
///
/// Energy comes from `charge_kwh` where the session has it. Where not, it is integrated: a reading
/// of `charge_kw` stands for the time since the message before it, of which at most a minute before
/// the session's first row.
public struct ChargeFinder: RecordVisitor {
    /// The columns that a scan must ask for.
    public static let columns: ColumnSet =
        ColumnSet(.socPct, .chargeKw, .chargeKwh).union(ColumnSet(.charge))

    /// The records of the vehicles seen, in their order, each vehicle's in time order.
    public private(set) var records = JSONWriter()

    private let gap: Int64
    private let silence: Int64
    private var vehicleID: [UInt8] = []
    private var soc = Double.nan
    /// The last known state; 0 while no row has said one.
    private var state: UInt8 = 0
    private var previousTime: Int64?
    private var session = ChargingSession()
    private var isCharging = false
    /// When the pause began that may end the session; nil while it charges.
    private var pausedSince: Int64?
    /// The last reading of `charge_kwh`, NaN before the first: what a session that goes on counting
    /// had before it.
    private var counter = Double.nan

    private static let charging = UInt8(EnumSignal.charge.words.firstIndex(of: "charging")! + 1)
    private static let leadIn: Int64 = 60_000

    public init(gap: Duration, silence: Duration) {
        self.gap = gap.milliseconds
        self.silence = max(gap.milliseconds, silence.milliseconds)
    }

    public mutating func visit(_ rows: VehicleRows) throws {
        if vehicleID.isEmpty { vehicleID.append(contentsOf: rows.vehicleID) }
        let charging = ChargeFinder.charging
        let ts = rows.ts
        let socs = rows[.socPct]
        let powers = rows[.chargeKw]
        let counters = rows[.chargeKwh]
        let states = rows[.charge]
        for row in 0..<rows.count {
            let now = ts[row]
            if !socs[row].isNaN { soc = socs[row] }
            if states[row] != 0 { state = states[row] }
            let power = powers[row]
            let charges = state != 0 ? state == charging : power > 0
            if charges {
                take(at: now, power: power, counter: counters[row])
            } else if state != 0 || !power.isNaN {
                if isCharging {
                    if pausedSince == nil { pausedSince = now }
                    if now - pausedSince! >= gap { close(isOngoing: false) }
                }
            }
            if !counters[row].isNaN { counter = counters[row] }
            previousTime = now
        }
    }

    public mutating func endVehicle() throws {
        if isCharging { close(isOngoing: true) }
        vehicleID.removeAll(keepingCapacity: true)
        soc = .nan
        state = 0
        previousTime = nil
        counter = .nan
    }

    private mutating func take(at now: Int64, power: Double, counter newCounter: Double) {
        if isCharging {
            let paused = pausedSince.map { now - $0 >= gap } ?? false
            if paused || now - session.end > silence || newCounter < session.counter {
                close(isOngoing: false)
            }
        }
        var elapsed = previousTime.map { now - $0 } ?? 0
        if !isCharging {
            elapsed = min(elapsed, ChargeFinder.leadIn)
            session = ChargingSession(
                start: now, soc: soc, counterBefore: counter, isSeenFromStart: previousTime != nil)
            isCharging = true
        }
        session.take(at: now, elapsed: elapsed, power: power, counter: newCounter, soc: soc)
        pausedSince = nil
    }

    private mutating func close(isOngoing: Bool) {
        vehicleID.withUnsafeBufferPointer {
            session.write(vehicleID: $0, isOngoing: isOngoing, to: &records)
        }
        isCharging = false
        pausedSince = nil
    }
}

/// One charging session while it is being found.
struct ChargingSession {
    private var start: Int64 = 0
    private(set) var end: Int64 = 0
    private var socFrom = Double.nan
    private var socTo = Double.nan
    /// The last known power; NaN before the first reading.
    private var power = Double.nan
    private var maxPower = -Double.infinity
    /// kW × ms.
    private var integral = 0.0
    /// The last reading of `charge_kwh` in this session; NaN before the first.
    private(set) var counter = Double.nan
    /// What `charge_kwh` read when the session began, once a reading is there.
    private var counterStart = 0.0
    private var counterBefore = Double.nan
    private var isSeenFromStart = false

    init() {}

    /// - Parameters:
    ///   - counterBefore: the last reading of `charge_kwh` before this session, NaN where none.
    ///   - isSeenFromStart: whether a row before it shows that it began here.
    init(start: Int64, soc: Double, counterBefore: Double, isSeenFromStart: Bool) {
        self.start = start
        socFrom = soc
        self.counterBefore = counterBefore
        self.isSeenFromStart = isSeenFromStart
    }

    @inline(__always)
    mutating func take(
        at now: Int64, elapsed: Int64, power newPower: Double, counter newCounter: Double,
        soc: Double
    ) {
        end = now
        if socFrom.isNaN { socFrom = soc }
        socTo = soc
        if !newPower.isNaN {
            power = newPower
            if power > maxPower { maxPower = power }
        }
        if !power.isNaN { integral += power * Double(elapsed) }
        if !newCounter.isNaN {
            if counter.isNaN { counterStart = start(ofCounter: newCounter) }
            counter = newCounter
        }
    }

    /// Where counting began, told by the first reading. A counter that did not fall since the
    /// session before goes on counting; one that did began at 0. A vehicle first seen while it
    /// charges has charged an unknown amount before.
    private func start(ofCounter first: Double) -> Double {
        if !isSeenFromStart { return first }
        return first >= counterBefore ? counterBefore : 0
    }

    /// Appends the session's record.
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
        records.rounded("soc_from_pct", socFrom, decimals: 3)
        records.rounded("soc_to_pct", socTo, decimals: 3)
        if !counter.isNaN {
            records.rounded("energy_kwh", counter - counterStart, decimals: 4)
            records.key("energy_source")
            records.string("charge_kwh")
        } else if !power.isNaN {
            records.rounded("energy_kwh", integral / 3_600_000, decimals: 4)
            records.key("energy_source")
            records.string("charge_kw")
        }
        records.rounded("max_charge_kw", maxPower, decimals: 3)
        records.key("ongoing")
        records.bool(isOngoing)
        records.endObject()
        records.newline()
    }
}
