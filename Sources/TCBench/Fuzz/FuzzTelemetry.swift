import Glibc
import Synchronization
import TCCore
import TCTelemetry

// The oracle and the mutator are the tests' own (links into Tests/TCTelemetryTests): what runs here
// ten million times is what runs there ten thousand times.

/// `TCBench fuzz-telemetry [--inputs N] [--seed S]`: mutated telemetry lines through the hot parser,
/// the careful one and the plain reader, on all processors. Fails with the first line on which any
/// two differ, in what they accept, why they reject or in any value.
func fuzzTelemetry(_ arguments: [String]) throws {
    let usage = TCError(.usage, "usage: TCBench fuzz-telemetry [--inputs N] [--seed S]")
    guard arguments.count % 2 == 0 else { throw usage }
    var inputs = 1_000_000
    var seed: UInt64 = 1
    for index in stride(from: 0, to: arguments.count, by: 2) {
        switch (arguments[index], UInt64(arguments[index + 1])) {
        case ("--inputs", let number?) where number > 0: inputs = Int(number)
        case ("--seed", let number?): seed = number
        default: throw usage
        }
    }
    let accepted = try fuzzTelemetry(inputs: inputs, seed: seed)
    print(
        "{\"fuzz\":\"telemetry\",\"inputs\":\(inputs),\"seed\":\(seed),\"accepted\":\(accepted),"
            + "\"rejected\":\(inputs - accepted),\"broken\":0}")
}

/// Checks `inputs` lines and returns how many were accepted. Throws `.bug` with the seed of the block
/// and the line for the first that is read in two ways.
func fuzzTelemetry(inputs: Int, seed: UInt64) throws -> Int {
    let blockInputs = 1000
    let nextBlock = Atomic(0)
    let accepted = Atomic(0)
    try Workers.run(Workers.processorCount) { _ in
        while true {
            let block = nextBlock.wrappingAdd(1, ordering: .relaxed).oldValue
            let first = block * blockInputs
            guard first < inputs else { return }
            // A block has its own seed, so that no line depends on who makes the others.
            let blockSeed = seed &+ UInt64(block) &* 1_000_003
            var mutator = IngestMutator(seed: blockSeed)
            let lines = (first..<min(inputs, first + blockInputs)).map { _ in mutator.line() }
            for (line, outcome) in zip(lines, LineOutcome.all(of: lines)) {
                if case .accepted = outcome { accepted.wrappingAdd(1, ordering: .relaxed) }
                let careful = LineOutcome.carefully(line)
                let other =
                    outcome == careful
                    ? IngestOracle.disagreement(line, outcome) : "the careful way: \(careful)"
                guard let other else { continue }
                nextBlock.store(inputs, ordering: .relaxed)
                throw TCError(
                    .bug,
                    "seed \(blockSeed): \(String(reflecting: String(decoding: line, as: UTF8.self)))"
                        + " became \(outcome), not \(other)")
            }
        }
    }
    return accepted.load(ordering: .relaxed)
}
