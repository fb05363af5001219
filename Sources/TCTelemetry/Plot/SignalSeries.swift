/// One signal over time, reduced to what a chart can show: the first, last, lowest and highest value
/// in each of at most `capacity` equal stretches of time.
///
/// The span need not be known beforehand: when a point falls past the last stretch, neighbours are
/// folded in pairs and every stretch becomes twice as long. So a series of any length takes one pass
/// and fixed memory, and no peak is ever lost.
public struct SignalSeries: Sendable {
    /// What happened in one stretch of time.
    public struct Bucket: Equatable, Sendable {
        public var firstTime: Int64
        public var first: Double
        public var lastTime: Int64
        public var last: Double
        public var low: Double
        public var high: Double
        /// Whether the silence before the first value was longer than the series' `gap`, so that no
        /// line is drawn to it.
        public var followsGap: Bool

        mutating func fold(_ later: Bucket) {
            lastTime = later.lastTime
            last = later.last
            low = min(low, later.low)
            high = max(high, later.high)
        }
    }

    /// Fine enough for the widest chart drawn, small enough to redraw at once.
    public static let capacity = 4096

    public let gap: Duration
    private var slots: [Bucket?] = []
    private var origin: Int64 = 0
    private var stretch: Int64 = 1
    private var previousTime: Int64?
    public private(set) var pointCount = 0

    /// - Parameter gap: a silence longer than this is shown as a break in the line.
    public init(gap: Duration) { self.gap = gap }

    /// Adds a value; times (epoch milliseconds) must not decrease. NaN, an absent value, is skipped.
    public mutating func add(time: Int64, value: Double) {
        guard !value.isNaN else { return }
        if pointCount == 0 { origin = time }
        while (time - origin) / stretch >= Int64(SignalSeries.capacity) { foldPairs() }
        let slot = Int((time - origin) / stretch)
        while slots.count <= slot { slots.append(nil) }
        let bucket = Bucket(
            firstTime: time, first: value, lastTime: time, last: value, low: value, high: value,
            followsGap: previousTime.map { time - $0 > gap.milliseconds } ?? true)
        if slots[slot] == nil { slots[slot] = bucket } else { slots[slot]!.fold(bucket) }
        previousTime = time
        pointCount += 1
    }

    /// The stretches that hold a value, in time order.
    public var buckets: [Bucket] { slots.compactMap { $0 } }

    private mutating func foldPairs() {
        var folded: [Bucket?] = []
        for index in stride(from: 0, to: slots.count, by: 2) {
            var bucket = slots[index]
            if index + 1 < slots.count, let later = slots[index + 1] {
                if bucket == nil { bucket = later } else { bucket!.fold(later) }
            }
            folded.append(bucket)
        }
        slots = folded
        stretch *= 2
    }
}
