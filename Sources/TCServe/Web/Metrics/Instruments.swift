import Synchronization

/// A number that only grows.
public final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    /// Adds `more`, which is 0 or more.
    public func add(_ more: Int = 1) { count.wrappingAdd(more, ordering: .relaxed) }
    /// What has been added so far.
    public var value: Int { count.load(ordering: .relaxed) }
}

/// A number that goes up and down.
public final class Gauge: Sendable {
    private let level = Atomic<Int>(0)

    /// Adds `change`, which may be below 0, and returns what that makes.
    @discardableResult
    public func add(_ change: Int) -> Int {
        level.wrappingAdd(change, ordering: .relaxed).newValue
    }
    /// Replaces the number.
    public func set(_ value: Int) { level.store(value, ordering: .relaxed) }
    /// The number now.
    public var value: Int { level.load(ordering: .relaxed) }
}

/// How values are spread: how many were at most so large.
public final class Histogram: Sendable {
    /// Bounds for the durations of requests, in seconds: a critical path is meant to stay under a
    /// tenth of a second.
    public static let seconds = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]

    let bounds: [Double]
    /// One for each bound and one for what is above all of them; each counts its own alone.
    private let counts: [Counter]
    /// The sum in millionths, since there is no atomic addition of fractions: whole microseconds for
    /// seconds, for half a million years.
    private let millionths = Atomic<Int>(0)

    init(bounds: [Double]) {
        precondition(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }, "bounds ascend")
        self.bounds = bounds
        counts = (0...bounds.count).map { _ in Counter() }
    }

    /// Counts one value, 0 or more.
    public func record(_ value: Double) {
        // A dozen comparisons cost less than a branching search for so few.
        var index = 0
        while index < bounds.count, value > bounds[index] { index += 1 }
        counts[index].add()
        millionths.wrappingAdd(Int(min(value, 1e9) * 1e6), ordering: .relaxed)
    }

    /// The counts of the buckets, each alone, and the sum of all values.
    func snapshot() -> (counts: [Int], sum: Double) {
        (counts.map(\.value), Double(millionths.load(ordering: .relaxed)) / 1e6)
    }
}
