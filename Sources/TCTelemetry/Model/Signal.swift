/// The numeric signals of the telemetry message, in the order of the store's columns.
///
/// Names, units and ranges are the design's; a bound that is nil means any finite number.
public enum Signal: Int, CaseIterable, Sendable {
    case socPct, lat, lon, altM, headingDeg, speedKph, accelMps2, odometerKm, rangeKm
    case batteryC, batteryKw, ambientC, cabinC, targetC, chargeKw, chargeKwh

    public static let count = 16

    /// The field's name in JSON, Parquet, flags and results.
    public var name: String { Signal.names[rawValue] }

    public static let names = [
        "soc_pct", "lat", "lon", "alt_m", "heading_deg", "speed_kph", "accel_mps2", "odometer_km",
        "range_km", "battery_c", "battery_kw", "ambient_c", "cabin_c", "target_c", "charge_kw",
        "charge_kwh",
    ]

    /// The smallest and largest accepted value, both inclusive.
    public var range: ClosedRange<Double> {
        switch self {
        case .socPct: 0...100
        case .lat: -90...90
        case .lon: -180...180
        case .headingDeg: 0...360
        case .speedKph: 0...500
        case .accelMps2: -100...100
        case .odometerKm, .rangeKm: 0...Double.greatestFiniteMagnitude
        default: -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
        }
    }

    /// The unit as people write it on an axis or in a schema.
    public var unit: String {
        switch self {
        case .socPct: "%"
        case .lat, .lon, .headingDeg: "°"
        case .altM: "m"
        case .speedKph: "km/h"
        case .accelMps2: "m/s²"
        case .odometerKm, .rangeKm: "km"
        case .batteryC, .ambientC, .cabinC, .targetC: "°C"
        case .batteryKw, .chargeKw: "kW"
        case .chargeKwh: "kWh"
        }
    }

    public init?(name: String) {
        guard let index = Signal.names.firstIndex(of: name) else { return nil }
        self.init(rawValue: index)
    }
}

/// The signals that take one of a few words. In memory a value is the word's index plus one, and 0
/// means absent.
public enum EnumSignal: Int, CaseIterable, Sendable {
    case hvac, gear, charge

    public static let count = 3

    public var name: String {
        switch self {
        case .hvac: "hvac"
        case .gear: "gear"
        case .charge: "charge"
        }
    }

    public var words: [String] {
        switch self {
        case .hvac: ["off", "heat", "cool", "auto", "defrost"]
        case .gear: ["P", "R", "N", "D"]
        case .charge: ["idle", "connected", "charging", "complete", "fault"]
        }
    }

    public init?(name: String) {
        guard let match = EnumSignal.allCases.first(where: { $0.name == name }) else { return nil }
        self = match
    }
}

/// Which columns of the store a query reads. `vehicle_id` and `ts` are always read.
public struct ColumnSet: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public init(_ signals: Signal...) {
        self.init(rawValue: signals.reduce(0) { $0 | 1 << UInt32($1.rawValue) })
    }

    /// `hvac`, `gear` and `charge`.
    public init(_ signals: EnumSignal...) {
        self.init(rawValue: signals.reduce(0) { $0 | 1 << UInt32(Signal.count + $1.rawValue) })
    }

    /// The fields that the design does not name, kept as they came.
    public static let extra = ColumnSet(rawValue: 1 << UInt32(Signal.count + EnumSignal.count))
    public static let all = ColumnSet(rawValue: (1 << 20) - 1)
    public static let place: ColumnSet = ColumnSet(.lat, .lon)

    /// Whether a signal's column belongs to the set.
    public func contains(_ signal: Signal) -> Bool { rawValue >> UInt32(signal.rawValue) & 1 == 1 }
    public func contains(_ signal: EnumSignal) -> Bool {
        rawValue >> UInt32(Signal.count + signal.rawValue) & 1 == 1
    }
}
