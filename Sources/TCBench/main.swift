import Glibc
import TCCore

// Benchmarks of the parts; each prints JSON lines. Not shipped.
let arguments = Array(CommandLine.arguments.dropFirst())
do {
    switch arguments.first {
    case "ingest": try benchIngest(Array(arguments.dropFirst()))
    case "fuzz": try fuzz(Array(arguments.dropFirst()))
    default: throw TCError(.usage, "usage: TCBench ingest|fuzz …")
    }
} catch {
    print("TCBench: \(error)")
    exit(1)
}
