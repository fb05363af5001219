import TCCore
import TCCrypto
import Testing

@testable import TCAuth

@Suite("turns of keys") struct KeyTimelineTests {
    private func key(
        _ kid: String, number: Int64 = 0, from seconds: Int64, retired: Int64? = nil,
        lasting lifetime: Int64 = 100
    ) -> StoredKey {
        StoredKey(
            kid: kid, number: number, algorithm: .es256, sealed: retired == nil ? [] : nil,
            createdAt: at(seconds - 10), signsFrom: at(seconds),
            longestLifetime: .seconds(lifetime), retiredAt: retired.map(at))
    }

    private func at(_ seconds: Int64) -> Instant { Instant(milliseconds: seconds * 1000) }

    @Test("a clock that is late takes the first key, or the one that took over early")
    func lateClock() {
        let first = KeyTimeline([key("a", from: 100)])
        #expect(first.signing(at: at(70))?.kid == "a")
        let promoted = KeyTimeline([
            key("a", from: 100), key("b", from: 200, retired: 300), key("c", from: 300),
        ])
        #expect(promoted.signing(at: at(299))?.kid == "c", "never 'a' again")
        #expect(promoted.record(promoted.keys[2], at: at(299)).state == .signing)
    }

    @Test("a key that was taken back before its turn is as if it had never been")
    func cancelled() {
        let timeline = KeyTimeline([key("a", from: 100), key("b", from: 200, retired: 150)])
        #expect(timeline.signing(at: at(1000))?.kid == "a")
        #expect(timeline.retirableAt(timeline.keys[0]) == nil)
        #expect(timeline.heir(of: timeline.keys[0], at: at(1000)) == .nobody)
    }

    @Test("of two keys that begin at once the younger signs")
    func tie() {
        let timeline = KeyTimeline([
            key("a", number: 2, from: 100), key("b", number: 1, from: 100),
        ])
        #expect(timeline.keys.map(\.kid) == ["b", "a"])
        #expect(timeline.signing(at: at(100))?.kid == "a")
    }

    @Test("none signs where none may")
    func nobody() {
        #expect(KeyTimeline([]).signing(at: at(0)) == nil)
        let timeline = KeyTimeline([key("a", from: 100), key("b", from: 200, retired: 250)])
        #expect(timeline.signing(at: at(300)) == nil)
    }

    /// All in steps of 10 s, so that what is worst at once comes often: a margin of 60 s fails.
    ///
    /// Nodes whose clocks are off by up to 10 s and that know what was true up to 30 s ago sign, while
    /// operators rotate, retire and take back without force. No key goes while a token of it is valid,
    /// and there is always one that signs.
    @Test("whatever happens, no valid token breaks", arguments: 0..<200 as Range<UInt64>)
    func model(_ seed: UInt64) throws {
        let seams = Seams.seeded(seed)
        func random(_ range: ClosedRange<Int64>) -> Int64 {
            range.lowerBound
                + Int64(seams.random() % UInt64(range.upperBound - range.lowerBound + 1))
        }
        var now: Int64 = 1_000_000
        var keys = [key("0", from: now)]
        var history = [(time: now, keys: keys)]
        /// By key, when its last token expires.
        var expiries: [String: Int64] = [:]
        for step in 1...400 {
            now += random(0...3) * 10
            let operatorsClock = at(now + random(-1...1) * 10)
            let timeline = KeyTimeline(keys)
            let early = at(now + 10)
            for key in timeline.live where timeline.isFree(key, at: early) {
                #expect(expiries[key.kid, default: 0] <= now, "seed \(seed), step \(step)")
            }
            switch random(0...9) {
            case 0 where timeline.live.count < 10:
                let starts = random(0...2) == 0 ? 0 : random(1...12) * 10
                keys.append(
                    key(
                        "\(step)", number: Int64(step),
                        from: operatorsClock.milliseconds / 1000 + starts))
            case 1...3:
                let live = timeline.live
                let chosen = live[Int(random(0...Int64(live.count - 1)))]
                guard timeline.isFree(chosen, at: operatorsClock) else { break }
                let place = try #require(keys.firstIndex { $0.kid == chosen.kid })
                keys[place].retiredAt = operatorsClock
            default:
                let age = random(0...3) * 10
                let known = try #require(history.last { $0.time < now - age } ?? history.first)
                let node = at(now + random(-1...1) * 10)
                let signer = try #require(KeyTimeline(known.keys).signing(at: node))
                // A verifier believes it for its leeway longer.
                expiries[signer.kid] = max(
                    expiries[signer.kid, default: 0], node.milliseconds / 1000 + 105)
            }
            history.append((now, keys))
            #expect(KeyTimeline(keys).signing(at: at(now)) != nil)
        }
    }
}
