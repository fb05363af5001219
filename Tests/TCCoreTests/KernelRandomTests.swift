import Synchronization
import TCCore
import Testing

@Suite struct KernelRandomTests {
    @Test func `words do not repeat, whichever thread asks`() throws {
        let random = KernelRandom()
        let seen = Mutex<Set<UInt64>>([])
        try Workers.run(4) { _ in
            for _ in 0..<1000 {
                let word = random.next()
                seen.withLock { _ = $0.insert(word) }
            }
        }
        // Of 4000 words two are alike once in 10¹² runs.
        #expect(seen.withLock { $0.count } == 4000)
    }
}
