import TCCore
import TCStore
import Testing

@testable import TCData

/// The parts of the read cache, against models and against both twins of their scripts.
@Suite("read cache parts") struct CachePartTests {
    @Test("the local entries are those that were used last", arguments: 0..<4)
    func recentlyUsed(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let cell = TagCell(name: "t")
        cell.learn(1, in: 0)
        var entries = RecentlyUsed(entryLimit: 10, byteLimit: 10 * 300)
        /// From the least to the most recently used.
        var model: [(key: String, size: Int)] = []
        func bytes() -> Int {
            model.reduce(0) {
                $0 + $1.key.utf8.count + $1.size + 16 + RecentlyUsed.entryBytes
            }
        }
        for step in 0..<5000 {
            let key = "\(Int.random(in: 0..<25, using: &random))"
            if Bool.random(using: &random) {
                let hit = entries.hit(key, notBefore: 0)
                let place = model.firstIndex { $0.key == key }
                #expect(hit?.value.count == place.map { model[$0].size }, "step \(step)")
                if let place { model.append(model.remove(at: place)) }
            } else {
                let size = Int.random(in: 0...120, using: &random)
                entries.insert(
                    key,
                    LocalEntry(
                        value: [UInt8](repeating: 0, count: size), lsn: nil, readAt: 0,
                        cells: [cell], stamps: [1]))
                model.removeAll { $0.key == key }
                model.append((key, size))
                while model.count > 10 || bytes() > 3000 { model.removeFirst() }
            }
            #expect(entries.count == model.count && entries.bytes == bytes(), "step \(step)")
        }
        cell.forget()
        #expect(entries.hit(model[0].key, notBefore: 0) == nil)
        entries.removeAll()
        #expect(entries.count == 0 && entries.bytes == 0)
    }

    @Test("both twins of the tags' script make the same records of the same steps")
    func tagTwins() async throws {
        guard SharedEngine.available.contains(.redis) else { return }
        try await SharedEngine.redis.use { redis, _ in
            try await SharedEngine.memory.use { memory, _ in
                let options = freshOptions()
                for seed in 0..<6 {
                    var records: [[TagRecord]] = []
                    for cache in [redis, memory] {
                        var random = SeededRandom(seed: UInt64(seed))
                        let stamps = SharedTags(
                            cache, options: options, seams: Self.seams(UInt64(seed)))
                        var taken: [TagRecord] = []
                        for step in 0..<(seed == 5 ? 600 : 60) {
                            // The last of them passes the limit of marks.
                            let mark = UInt64.random(in: 1...(seed == 5 ? 900 : 5), using: &random)
                            let lsn = UInt64.random(in: 0 ... .max, using: &random)
                            let what: TagStep =
                                switch Int.random(in: 0..<(seed == 5 ? 12 : 5), using: &random) {
                                case 0: .look
                                case 1: .lower(mark: mark, lsn: step % 3 == 0 ? nil : lsn)
                                case 2: .settle(lsn: lsn, seenAt: 5_000_000_000_000)
                                case 3: .raise(mark: mark, limit: .zero)
                                default: .raise(mark: mark, limit: .seconds(3600))
                                }
                            taken += try await stamps.take(what, on: ["seed\(seed)"])
                        }
                        records.append(taken)
                    }
                    for (step, (one, two)) in zip(records[0], records[1]).enumerated() {
                        #expect(one.stamp == two.stamp && one.lsn == two.lsn, "step \(step)")
                        #expect(one.marks.map(\.id) == two.marks.map(\.id), "step \(step)")
                        #expect(one.isChanging == two.isChanging, "step \(step)")
                        #expect(one.marks.count <= 256)
                    }
                }
            }
        }
    }

    private static func seams(_ seed: UInt64) -> Seams {
        // Asked for by one task at a time.
        nonisolated(unsafe) var random = SeededRandom(seed: seed)
        return Seams(
            now: Seams.forTests.now, uptime: Seams.forTests.uptime, random: { random.next() })
    }

    @Test(
        "the shared cache holds no more entries than it may, the newest of each set",
        arguments: SharedEngine.available)
    func sharedEntries(_ engine: SharedEngine) async throws {
        try await engine.use { cache, _ in
            var options = freshOptions()
            options.sharedEntries = 160
            let entries = SharedEntries(cache, options: options)
            func entry(_ number: Int) -> SharedEntry {
                SharedEntry(
                    tags: 1, readAt: Instant(milliseconds: -5), lsn: number % 2 == 0 ? nil : .max,
                    stamps: [UInt64(number), .max], value: .init(text: "value \(number)"))
            }
            for number in 0..<500 {
                try await entries.put("key\(number)", entry(number), expiresAfter: .seconds(600))
            }
            var kept: [Int] = []
            for number in 0..<500 {
                guard let found = try await entries.get("key\(number)") else { continue }
                #expect(found == entry(number))
                kept.append(number)
            }
            #expect(kept.count == 160)
            #expect(kept.contains(499))
            // Putting one anew takes no second place.
            for _ in 0..<40 {
                try await entries.put("key499", entry(499), expiresAfter: .seconds(600))
            }
            for number in kept { #expect(try await entries.get("key\(number)") != nil) }
        }
    }

    @Test("what is no entry, record or message is none")
    func strangers() throws {
        let entry = SharedEntry(
            tags: 1, readAt: Instant(milliseconds: 1), lsn: nil, stamps: [1], value: [1, 2])
        #expect(SharedEntry(entry.bytes) == entry)
        for count in 0..<35 { #expect(SharedEntry(Array(entry.bytes[..<count])) == nil) }
        #expect(SharedEntry([9] + entry.bytes.dropFirst()) == nil)
        let message = ChangeMessage(number: -2, names: ["a", "", "äö"])
        #expect(ChangeMessage(message.bytes) == message)
        for count in 0..<8 { #expect(ChangeMessage(Array(message.bytes[..<count])) == nil) }
        #expect(ChangeMessage(message.bytes + [0]) == nil)
        #expect(ChangeMessage(message.bytes + [0, 9, 65]) == nil)
        for reply: CacheReply in [
            .null, .list([]), .list([.bytes(.init(text: "short")), .integer(1)]),
            .list([.bytes([UInt8](repeating: 0x78, count: 36)), .integer(1)]),
        ] {
            #expect(throws: TCError.self) { try TagRecord(reply) }
        }
    }

    @Test("names of tags differ where the tags do, and are never long")
    func names() throws {
        let long = String(repeating: "k", count: 5000)
        let tags: [CacheTag] = [
            .table("a"), .table("a:1"), .row(table: "a", key: "1"), .row(table: "a:1", key: ""),
            .row(table: "", key: "a:1"), .row(table: "a", key: long),
            .row(table: "a", key: long + "2"), .table(long),
        ]
        let names = try tags.map { Set(try CacheTag.namesWritten([$0])) }
        for (index, one) in names.enumerated() {
            #expect(one.allSatisfy { $0.utf8.count <= 200 })
            for other in names[..<index] { #expect(one != other) }
        }
        // What is written is read by who depends on it, and by nobody else.
        func meet(_ written: CacheTag, _ read: CacheTag) throws -> Bool {
            let names = try Set(CacheTag.namesWritten([written]))
            return !names.isDisjoint(with: try CacheTag.namesRead([read]))
        }
        let (one, two) = (CacheTag.row(table: "a", key: "1"), CacheTag.row(table: "a", key: "2"))
        let (a, b) = (CacheTag.table("a"), CacheTag.table("b"))
        for (written, read) in [(one, one), (one, a), (a, one), (a, a)] {
            #expect(try meet(written, read), "\(written), \(read)")
        }
        for (written, read) in [(one, two), (one, b), (b, one), (a, b)] {
            #expect(try !meet(written, read), "\(written), \(read)")
        }
    }

    @Test("what was heard is relied on for a window from when it was asked for")
    func hearing() {
        let hearing = Hearing(window: 1)
        func confirm(_ number: Int64, _ time: Double, position: Int64? = nil) -> Hearing.Verdict {
            hearing.confirm(number, askedAt: time, position: position ?? hearing.position)
        }
        #expect(confirm(5, 0) == .nothing && !hearing.isCurrent(at: 0))
        hearing.subscribed()
        #expect(confirm(5, 1) == .reset)
        // A message after the one that was asked for, and out of order.
        hearing.note(7)
        hearing.begin(at: 5, askedAt: 1, in: hearing.session)
        #expect(hearing.isCurrent(at: 1.9) && !hearing.isCurrent(at: 2))
        #expect(confirm(7, 1.5) == .nothing)
        #expect(!hearing.isCurrent(at: 2.1))
        hearing.note(6)
        #expect(hearing.position == 7)
        // What was missing has come: all that was known when it was asked for.
        #expect(confirm(8, 1.8) == .nothing)
        #expect(hearing.isCurrent(at: 2.4) && !hearing.isCurrent(at: 2.5))
        #expect(confirm(8, 2.2) == .nothing)
        #expect(confirm(9, 2.4) == .reset)
        // One that came between the question and its answer is no loss.
        hearing.begin(at: 9, askedAt: 2.4, in: hearing.session)
        hearing.note(10)
        #expect(confirm(9, 2.5, position: 9) == .nothing && hearing.isCurrent(at: 3.4))
        #expect(confirm(3, 2.6) == .reset)
        let session = hearing.session
        hearing.lost()
        hearing.begin(at: 20, askedAt: 3, in: session)
        #expect(!hearing.isCurrent(at: 3))
        hearing.subscribed()
        hearing.begin(at: 20, askedAt: 3, in: session)
        #expect(!hearing.isCurrent(at: 3))
    }
}
