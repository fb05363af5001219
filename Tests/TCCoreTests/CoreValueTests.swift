import Synchronization
import TCCore
import Testing

@Suite struct DurationTextTests {
    @Test(
        arguments: [
            ("500ms", 500), ("30s", 30_000), ("10m", 600_000), ("24h", 86_400_000),
            ("7d", 604_800_000), ("1h30m", 5_400_000), ("0s", 0),
        ] as [(String, Int64)])
    func `reads sums of whole numbers with units`(text: String, milliseconds: Int64) {
        let duration = Duration(text: text)
        #expect(duration?.milliseconds == milliseconds)
        #expect(duration.flatMap { Duration(text: $0.text) } == duration)
    }

    @Test(arguments: [
        "", "5", "m", "1.5h", "-1s", "5 m", "5M", "1h30", "40000d", "9223372036854775807d",
        "99999999999999999999s", "٣s",
    ])
    func `refuses the rest`(text: String) {
        #expect(Duration(text: text) == nil)
    }
}

@Suite struct ExitStatusTests {
    @Test func `every kind of error has its status and the numbers never change`() {
        #expect(
            TCError.Kind.allCases.map { ExitStatus($0).rawValue }
                == [64, 65, 69, 70, 74, 75, 77, 78, 130])
    }
}

@Suite struct WorkersTests {
    @Test func `every body runs once and the lowest failure is thrown after all have ended`() {
        struct Failure: Error, Equatable { let index: Int }
        let ended = Mutex<Set<Int>>([])
        #expect(throws: Failure(index: 1)) {
            try Workers.run(4) { index in
                _ = ended.withLock { $0.insert(index) }
                if index == 1 || index == 3 { throw Failure(index: index) }
            }
        }
        #expect(ended.withLock { $0 } == [0, 1, 2, 3])
    }

    @Test func `one worker runs on the caller's thread`() throws {
        let count = Mutex(0)
        try Workers.run(1) { _ in count.withLock { $0 += 1 } }
        #expect(count.withLock { $0 } == 1)
        #expect(Workers.processorCount >= 1)
    }
}
