import TCCore
import TCParquet

/// What a query wants of the store; the scan reads no more than it must for it.
public struct ScanRequest: Sendable {
    /// Only these vehicles; nil for all.
    public var vehicles: [String]?
    /// Only rows at or after this moment.
    public var from: Instant?
    /// Only rows before this moment.
    public var to: Instant?
    /// The columns to read beside `vehicle_id` and `ts`.
    public var columns: ColumnSet
    /// Where the visitor looks: a vehicle that was in none of these boxes in the requested time may
    /// be left out; nil to leave out none.
    public var places: [PlaceBounds]?
    /// Whether the visitor looks at `ts`. Where it does not, and nothing has to be merged, a scan can
    /// leave the largest column unread.
    public var needsTimes = true
    /// Whether only the last known values matter. Then a vehicle is visited once, with as few rows as
    /// carry the newest value of each requested column and the newest time; rows that change neither
    /// are left out, and most of them are never read.
    public var latestOnly = false
    /// Whether only rows in which one signal lies beyond limits matter. Then other rows may be left
    /// out, and a vehicle without such a row is not visited; it is then the only column, and
    /// `needsTimes` is false.
    public var matching: SignalLimits?

    public init(
        vehicles: [String]? = nil, from: Instant? = nil, to: Instant? = nil,
        columns: ColumnSet = .all
    ) {
        self.vehicles = vehicles
        self.from = from
        self.to = to
        self.columns = columns
    }
}

/// A signal and the limits beyond which its values matter.
public struct SignalLimits: Sendable {
    public let signal: Signal
    public let limits: ValueLimits

    public init(_ signal: Signal, _ limits: ValueLimits) {
        self.signal = signal
        self.limits = limits
    }
}

/// What is done with the rows of a scan.
///
/// Vehicles come in the byte order of their ids. Each vehicle's rows come in time order in one or
/// more calls of `visit`, then `endVehicle` is called once.
public protocol VehicleVisitor: SendableMetatype {
    mutating func visit(_ rows: VehicleRows) throws
    mutating func endVehicle() throws
    /// Called once after the last vehicle of a shard, still on the worker's thread.
    mutating func endShard() throws
}

extension VehicleVisitor {
    public mutating func endShard() throws {}
}
