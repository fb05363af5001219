import TCCore

/// A deterministic fleet that drives, parks, charges, loses its signal and comes back.
///
/// Vehicles are cut into slices and time into batches of one tick or, for small fleets, a few. Each
/// (batch, slice) is a piece of work; threads take the pieces in the order in which they are
/// written, into a ring of buffers, and the caller's thread writes them. A fleet of equal plan gives
/// equal bytes however many threads there are, because the cut depends on the plan alone.
///
/// Messages stand in the order in which a server would get them: tick by tick and within a tick by
/// vehicle, except that
/// - a car without a signal (a tunnel, 8 to 190 s; a garage on arrival, 1 to 10 min) sends nothing
///   and, when back, its newest message first and then all it held back, oldest first;
/// - one such car in four sends the end of what it held back twice, and one message in 2,048 of the
///   others is sent twice, byte for byte;
/// - the last tick brings every car back, so that each (vehicle, tick) is in the output.
///
/// Cost: 120 ns of one core a line, of which a third is writing it (`TCBench simulate`).
public struct FleetSimulation: Sendable {
    let plan: FleetPlan

    public init(_ plan: FleetPlan) { self.plan = plan }

    /// Runs the plan on `workers` threads beside the caller's and hands whole lines, in order, to
    /// `write` on the caller's thread. What `write` throws ends the run and is thrown.
    ///
    /// Memory: 176 bytes a vehicle and some megabytes of buffers, however long the run.
    public func run(
        workers: Int, write: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws -> SimulationSummary {
        let ring = SliceRing(plan, layout: SliceLayout(plan))
        nonisolated(unsafe) let write = write
        try Workers.run(max(1, workers) + 1) { index in
            if index < max(1, workers) {
                ring.generate()
            } else {
                // The last index runs on the caller's thread.
                do { try ring.deliver(write) } catch {
                    ring.stop()
                    throw error
                }
            }
        }
        return ring.summary()
    }
}

/// How a fleet is cut into pieces of work.
struct SliceLayout {
    /// Vehicles of each slice; all together, in order, the fleet.
    let slices: [Range<Int>]
    let ticksPerBatch: Int64
    let batches: Int64

    /// Pieces of about a thousand lines: long enough that the hand-over costs nothing, short enough
    /// that the buffers stay in the cache.
    init(_ plan: FleetPlan, linesPerPiece: Int = 1024) {
        let vehicles = plan.vehicles
        let count = max(min(vehicles, 4), (vehicles + linesPerPiece - 1) / linesPerPiece)
        slices = (0..<count).map { (vehicles * $0 / count)..<(vehicles * ($0 + 1) / count) }
        ticksPerBatch = max(1, min(Int64(linesPerPiece * count / vehicles), plan.ticks))
        batches = (plan.ticks + ticksPerBatch - 1) / ticksPerBatch
    }
}
