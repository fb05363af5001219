import TCTelemetry
import TCWire

extension RecordSchema {
    /// The telemetry message, which `ingest` reads and `export` and `range` print: the design's
    /// table, from the same declarations that the parser and the store use.
    static func telemetryMessage(timesIn: Bool) -> RecordSchema {
        let numbers = Signal.allCases.map { signal -> Field in
            let (unit, doc) = words(signal)
            return .optional(signal.name, .number(signal.range), unit: unit, doc)
        }
        let choices = EnumSignal.allCases.map { signal -> Field in
            .optional(signal.name, .oneOf(signal.words), words(signal))
        }
        return RecordSchema(
            "a telemetry message",
            [
                .required("vehicle_id", .identifier, "the vehicle"),
                .required(
                    "ts", timesIn ? .timeIn : .time,
                    timesIn ? "when, as RFC 3339 or epoch milliseconds" : "when"),
            ] + numbers + choices,
            together: [["lat", "lon"]], allowsOthers: true)
    }

    private static func words(_ signal: Signal) -> (unit: String, doc: String) {
        switch signal {
        case .socPct: ("%", "battery state of charge")
        case .lat: ("°", "latitude, WGS 84, north positive")
        case .lon: ("°", "longitude, WGS 84, east positive")
        case .altM: ("m", "altitude")
        case .headingDeg: ("°", "heading, clockwise from north")
        case .speedKph: ("km/h", "speed")
        case .accelMps2: ("m/s²", "acceleration, forward positive")
        case .odometerKm: ("km", "odometer")
        case .rangeKm: ("km", "remaining range")
        case .batteryC: ("°C", "battery temperature")
        case .batteryKw: ("kW", "battery power, positive when discharging")
        case .ambientC: ("°C", "outside temperature")
        case .cabinC: ("°C", "cabin temperature")
        case .targetC: ("°C", "temperature that the cabin is to reach")
        case .chargeKw: ("kW", "charging power into the battery")
        case .chargeKwh: ("kWh", "energy charged in this session")
        }
    }

    private static func words(_ signal: EnumSignal) -> String {
        switch signal {
        case .hvac: "what heating and cooling do"
        case .gear: "the gear"
        case .charge: "the state of charging"
        }
    }
}
