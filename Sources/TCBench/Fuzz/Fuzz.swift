import Glibc
import Synchronization
import TCCore

/// `TCBench fuzz json [--inputs N] [--seed S] [--corpus DIR]`: runs the JSON reader over mutated inputs
/// on all processors and prints a JSON line with what came out. The same seed gives the same inputs on
/// any number of processors. Fails with the first input that breaks a property.
func fuzz(_ arguments: [String]) throws {
    let usage = TCError(.usage, "usage: TCBench fuzz json [--inputs N] [--seed S] [--corpus DIR]")
    guard arguments.first == "json", arguments.count % 2 == 1 else { throw usage }
    var inputs = 1_000_000
    var seed: UInt64 = 1
    var corpus: [[UInt8]] = []
    for index in stride(from: 1, to: arguments.count, by: 2) {
        let text = arguments[index + 1]
        switch arguments[index] {
        case "--inputs":
            guard let number = Int(text), number > 0 else { throw usage }
            inputs = number
        case "--seed":
            guard let number = UInt64(text) else { throw usage }
            seed = number
        case "--corpus": corpus = try files(in: text).map(\.bytes)
        default: throw usage
        }
    }
    let began = clock()
    let accepted = try fuzzJSON(inputs: inputs, seed: seed, corpus: corpus)
    let seconds = Double(clock() - began) / Double(CLOCKS_PER_SEC)
    print(
        "{\"fuzz\":\"json\",\"inputs\":\(inputs),\"seed\":\(seed),\"accepted\":\(accepted),"
            + "\"rejected\":\(inputs - accepted),\"broken\":0,\"cpu_seconds\":\(Int(seconds))}")
}

/// Checks `inputs` mutated texts, and returns how many were well-formed. Throws `.bug` with the seed and
/// the input for the first that breaks a property.
func fuzzJSON(inputs: Int, seed: UInt64, corpus: [[UInt8]] = []) throws -> Int {
    // A block of inputs has its own seed, so that no input depends on who makes the others.
    let blockInputs = 10_000
    let nextBlock = Atomic(0)
    let accepted = Atomic(0)
    try Workers.run(Workers.processorCount) { _ in
        let properties = JSONProperties(longest: JSONMutator.longest)
        while true {
            let block = nextBlock.wrappingAdd(1, ordering: .relaxed).oldValue
            let first = block * blockInputs
            guard first < inputs else { break }
            var mutator = JSONMutator(seed: seed &+ UInt64(block) &* 1_000_003, corpus: corpus)
            for index in first..<min(inputs, first + blockInputs) {
                let input = mutator.next()
                guard let property = properties.broken(by: input) else { continue }
                // No block after this one is begun.
                nextBlock.store(inputs, ordering: .relaxed)
                throw TCError(
                    .bug, "seed \(seed), input \(index): \(property): \(String(reflecting: input))")
            }
        }
        accepted.wrappingAdd(properties.acceptedCount, ordering: .relaxed)
    }
    return accepted.load(ordering: .relaxed)
}

/// The files of a folder with their contents, by name.
func files(in folder: String) throws -> [(name: String, bytes: [UInt8])] {
    guard let directory = opendir(folder) else { throw TCError(.io, "cannot open '\(folder)'") }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
        names.append(
            withUnsafePointer(to: &entry.pointee.d_name) {
                String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
            })
    }
    return try names.sorted().filter { !$0.hasPrefix(".") }.map {
        guard let file = fopen("\(folder)/\($0)", "r") else {
            throw TCError(.io, "cannot open '\($0)'")
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        return ($0, bytes)
    }
}
