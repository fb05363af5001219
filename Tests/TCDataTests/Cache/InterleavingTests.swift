import TCCore
import Testing

@testable import TCData

/// The real read cache on three nodes, in thousands of orders of its steps.
@Suite("read cache interleavings") struct InterleavingTests {
    @Test(
        "no order of steps, losses and deaths lets a read give what is older than it may be",
        arguments: Trouble.allCases, 0..<4)
    func schedules(_ trouble: Trouble, _ batch: Int) throws {
        var sources: [String: Int] = [:]
        // Whatever else runs waits meanwhile: thousands are for `Tests/run --full`.
        let count = isFullRun ? 200 : 30
        for seed in 0..<count {
            let seed = UInt64(batch * count + seed)
            let world = try ModelWorld(seed: seed, trouble: trouble, mutation: nil)
            let failures = world.explore()
            #expect(failures.isEmpty, "\(trouble), seed \(seed)")
            sources.merge(world.sources) { $0 + $1 }
        }
        // All ways to answer were looked at.
        for kind in ["l1", "l2", "loader(TCData.ReadOrigin.primary)"] {
            #expect(sources[kind, default: 0] > count / 10, "\(kind) in \(sources)")
        }
    }

    @Test("the same seed gives the same run")
    func repeats() throws {
        let runs = try (0..<2).map { _ in
            let world = try ModelWorld(seed: 7, trouble: .losses, mutation: nil)
            _ = world.explore()
            return "\(world.sources.sorted { $0.key < $1.key }) \(world.time) \(world.position)"
        }
        #expect(runs[0] == runs[1])
    }

    @Test(
        "without stamps, marks, positions or messages stale reads are found",
        arguments: Mutation.allCases)
    func mutations(_ mutation: Mutation) throws {
        let found = try (0..<300).first { seed in
            let world = try ModelWorld(seed: UInt64(seed), trouble: .losses, mutation: mutation)
            return world.explore().contains { $0.contains("had been acknowledged") }
        }
        #expect(found != nil)
    }
}
