import TCCore

/// A deterministic fleet that drives, parks, charges, loses its signal and comes back.
public struct FleetSimulation: Sendable {
    let plan: FleetPlan

    public init(_ plan: FleetPlan) { self.plan = plan }

    /// Runs the plan on `workers` threads and hands whole lines, in order, to `write` on the
    /// caller's thread. What `write` throws ends the run and is thrown.
    public func run(
        workers: Int, write: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws -> SimulationSummary {
        SimulationSummary()
    }
}
