import TCCore
import TCTelemetry

/// A fleet's lines, made and thrown away: what the simulator costs without a pipe.
func benchSimulate(_ arguments: [String]) throws {
    let plan = try FleetPlan(
        vehicles: wholeNumber(arguments, 0, 10_000),
        duration: .seconds(wholeNumber(arguments, 1, 200)))
    let workers = try wholeNumber(arguments, 2, Workers.processorCount)
    try measure("simulate") {
        let summary = try FleetSimulation(plan).run(workers: workers) { _ in }
        return Work(items: summary.lines, bytes: summary.bytes)
    }
}
