import TCCore
import TCParquet
import TCWire

/// Something about a vehicle that somebody may want to be told: one line that `notify` can take.
public struct Alert: Equatable, Sendable {
    /// What an alert is about.
    public enum Kind: String, Sendable, CaseIterable {
        case lowSoc = "low_soc"
        case harshBraking = "harsh_braking"
        case harshAcceleration = "harsh_acceleration"
        case silent

        /// The unit of `value` and `threshold`.
        public var unit: String {
            switch self {
            case .lowSoc: "%"
            case .harshBraking, .harshAcceleration: "m/s2"
            case .silent: "s"
            }
        }
    }

    public enum Severity: String, Sendable, CaseIterable { case warning, critical }

    public let kind: Kind
    public let vehicleID: String
    /// When the value was measured; of counts and of silence the last message that was looked at.
    public let time: Instant
    /// Of counts the worst one.
    public let value: Double
    public let threshold: Double
    public let severity: Severity
    /// How often it happened; 1 for what is a state.
    public let count: Int

    /// Whether this is worse than another alert of the same kind; of equal ones the lower id is.
    public func isWorse(than other: Alert) -> Bool {
        switch kind {
        case .lowSoc where value != other.value: value < other.value
        case .harshBraking where count != other.count,
            .harshAcceleration where count != other.count:
            count > other.count
        case .silent where value != other.value: value > other.value
        default: vehicleID < other.vehicleID
        }
    }

    /// Appends the alert's record.
    public func write(to records: inout JSONWriter) {
        records.beginObject()
        records.key("alert")
        records.string(kind.rawValue)
        records.key("vehicle_id")
        records.string(vehicleID)
        records.key("ts")
        records.instant(time)
        records.key("value")
        records.double(value)
        records.key("threshold")
        records.double(threshold)
        records.key("unit")
        records.string(kind.unit)
        if kind == .harshBraking || kind == .harshAcceleration {
            records.key("count")
            records.int(count)
        }
        records.key("severity")
        records.string(severity.rawValue)
        records.endObject()
        records.newline()
    }
}

/// Of the alerts that it is given, the worst of each kind, so many.
public struct WorstAlerts: Sendable {
    private let count: Int
    /// A list for each kind that there was, worst first.
    private var lists: [[Alert]] = []

    /// - Parameter count: of each kind, 1 or more.
    public init(_ count: Int) { self.count = count }

    /// By kind, in the order of `Alert.Kind`; worst first.
    public var alerts: [Alert] {
        Alert.Kind.allCases.flatMap { kind in lists.first { $0[0].kind == kind } ?? [] }
    }

    /// Most of many are compared once.
    public mutating func add(_ alert: Alert) {
        guard let list = lists.firstIndex(where: { $0[0].kind == alert.kind }) else {
            return lists.append([alert])
        }
        if lists[list].count == count {
            guard alert.isWorse(than: lists[list][count - 1]) else { return }
            lists[list].removeLast()
        }
        let place = lists[list].firstIndex { alert.isWorse(than: $0) } ?? lists[list].count
        lists[list].insert(alert, at: place)
    }
}

/// What is looked for; a rule that is nil is off.
///
/// An alert is critical at a third of the state of charge asked for, at twice the acceleration, at
/// six times the silence; else it is a warning.
public struct AlertRules: Sendable {
    /// Per cent; the last known state of charge below it.
    public var socBelow: Double?
    /// m/s², above 0; slowing down by more than it.
    public var harshBraking: Double?
    /// m/s², above 0; speeding up by more than it.
    public var harshAcceleration: Double?
    /// No message for so long, or longer, before `now`.
    public var silentFor: Duration?
    public var now: Instant

    public init(
        socBelow: Double?, harshBraking: Double?, harshAcceleration: Double?, silentFor: Duration?,
        now: Instant
    ) {
        self.socBelow = socBelow
        self.harshBraking = harshBraking
        self.harshAcceleration = harshAcceleration
        self.silentFor = silentFor
        self.now = now
    }

    /// All rules, with thresholds that suit an electric car.
    public static func all(now: Instant) -> AlertRules {
        AlertRules(
            socBelow: 15, harshBraking: 3, harshAcceleration: 3, silentFor: .seconds(600), now: now)
    }

    /// The columns that a scan must ask for.
    public var columns: ColumnSet {
        var columns: ColumnSet = []
        if socBelow != nil { columns.insert(ColumnSet(.socPct)) }
        if harshBraking != nil || harshAcceleration != nil { columns.insert(ColumnSet(.accelMps2)) }
        return columns
    }

    /// Whether the time of more than a vehicle's last row is looked at: it is the largest column,
    /// and counting needs none of it.
    public var needsTimes: Bool { socBelow != nil }

    /// The acceleration beyond which rows matter, where nothing else is looked for; nil where other
    /// rows matter too.
    public var matching: SignalLimits? {
        guard columns == ColumnSet(.accelMps2), silentFor == nil else { return nil }
        return SignalLimits(
            .accelMps2,
            ValueLimits(
                below: harshBraking.map { -$0 } ?? -.infinity,
                above: harshAcceleration ?? .infinity))
    }
}

/// Applies the rules to each vehicle.
public struct AlertFinder: VehicleVisitor {
    /// The alerts of the vehicles seen, in their order, of one vehicle in the order of `Alert.Kind`;
    /// the worst of them as `WorstAlerts` gives them, where only those are asked for.
    public var alerts: [Alert] { worst?.alerts ?? all }

    private let rules: AlertRules
    private var all: [Alert] = []
    private var worst: WorstAlerts?
    private var vehicleID = ""
    private var newest: Int64 = 0
    private var soc = Double.nan
    private var socTime: Int64 = 0
    private var braking = Extremes()
    private var acceleration = Extremes()

    /// - Parameter worst: so many of each kind are kept; nil for all.
    public init(_ rules: AlertRules, worst: Int? = nil) {
        self.rules = rules
        self.worst = worst.map(WorstAlerts.init)
    }

    public mutating func visit(_ rows: VehicleRows) throws {
        if vehicleID.isEmpty { vehicleID = String(decoding: rows.vehicleID, as: UTF8.self) }
        newest = rows.newest
        if rules.socBelow != nil {
            let socs = rows[.socPct]
            var row = rows.count - 1
            while row >= 0, socs[row].isNaN { row -= 1 }
            if row >= 0 { (soc, socTime) = (socs[row], rows.ts[row]) }
        }
        if let limit = rules.harshBraking {
            braking.add(rows[.accelMps2], rows.count, sign: -1, limit: limit)
        }
        if let limit = rules.harshAcceleration {
            acceleration.add(rows[.accelMps2], rows.count, sign: 1, limit: limit)
        }
    }

    public mutating func endVehicle() throws {
        // None of its rows may lie in the time asked for.
        guard !vehicleID.isEmpty else { return }
        if let limit = rules.socBelow, soc < limit {
            report(.lowSoc, socTime, soc, limit, isCritical: soc <= limit / 3)
        }
        if let limit = rules.harshBraking, braking.count > 0 {
            let worst = -braking.worst
            report(
                .harshBraking, newest, worst, -limit, isCritical: -worst >= 2 * limit,
                count: braking.count)
        }
        if let limit = rules.harshAcceleration, acceleration.count > 0 {
            let worst = acceleration.worst
            report(
                .harshAcceleration, newest, worst, limit,
                isCritical: worst >= 2 * limit, count: acceleration.count)
        }
        if let limit = rules.silentFor?.milliseconds {
            let silence = rules.now.milliseconds - newest
            if silence >= limit {
                report(
                    .silent, newest, Double(silence) / 1000, Double(limit) / 1000,
                    isCritical: silence / 6 >= limit)
            }
        }
        vehicleID = ""
        soc = .nan
        braking = Extremes()
        acceleration = Extremes()
    }

    private mutating func report(
        _ kind: Alert.Kind, _ time: Int64, _ value: Double, _ threshold: Double, isCritical: Bool,
        count: Int = 1
    ) {
        let alert = Alert(
            kind: kind, vehicleID: vehicleID, time: Instant(milliseconds: time), value: value,
            threshold: threshold, severity: isCritical ? .critical : .warning, count: count)
        if worst == nil { all.append(alert) } else { worst!.add(alert) }
    }
}

/// How often a value went past a limit, and how far.
private struct Extremes {
    var count = 0
    var worst = 0.0

    /// - Parameters:
    ///   - sign: 1 for values above `limit`, -1 for those below its negative.
    mutating func add(
        _ values: UnsafePointer<Double>, _ rows: Int, sign: Double, limit: Double
    ) {
        // Most vehicles have none: this loop has no branch and no store.
        var found = 0
        for row in 0..<rows { found &+= values[row] * sign > limit ? 1 : 0 }
        guard found > 0 else { return }
        count += found
        for row in 0..<rows where values[row] * sign > limit {
            worst = max(worst, values[row] * sign)
        }
    }
}
