import Glibc
import TCCore

// Benchmarks of the parts; each prints JSON lines. Not shipped. The whole, beside its peers, is
// measured by Tests/bench/table.
let arguments = Array(CommandLine.arguments.dropFirst())
do {
    if arguments.isEmpty || ["-h", "--help", "help"].contains(arguments[0]) {
        print("usage: TCBench PART [ARGUMENT …]\n")
        for part in BenchPart.all {
            print("  TCBench \(part.name) \(part.usage)\n      \(part.about)")
        }
        exit(arguments.isEmpty ? ExitStatus.usage.rawValue : 0)
    }
    guard let part = BenchPart.all.first(where: { $0.name == arguments[0] }) else {
        throw TCError(
            .usage, "no part is called '\(arguments[0])'", hint: "see TCBench --help")
    }
    try part.run(Array(arguments.dropFirst()))
} catch {
    let status = (error as? TCError).map { ExitStatus($0.kind) } ?? .bug
    print("TCBench: \(error)")
    exit(status.rawValue)
}
