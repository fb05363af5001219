import TCCore
import TCStore
import Testing

@testable import TCEngines

/// Who takes writes and who may answer reads, from what servers said.
struct ClusterViewTests {
    private func primary(_ lsn: UInt64, timeline: Int = 1, id: Int64 = 7) -> ServerState {
        ServerState(
            isStandby: false, lsn: LSN(byteOffset: lsn), timeline: timeline, systemIdentifier: id)
    }

    private func standby(_ lsn: UInt64?, timeline: Int = 1, id: Int64 = 7) -> ServerState {
        ServerState(
            isStandby: true, lsn: lsn.map { LSN(byteOffset: $0) }, timeline: timeline,
            systemIdentifier: id)
    }

    private func view(_ states: ServerState...) -> ClusterView {
        var view = ClusterView(names: states.indices.map { "h\($0)" })
        for (index, state) in states.enumerated() { view.heard(state, from: index, asked: 0) }
        return view
    }

    @Test func thereIsNoPrimaryBeforeAnybodyAnswered() {
        let view = ClusterView(names: ["h0", "h1"])
        #expect(view.primary == nil && view.readers(ReadBound(), now: 0).isEmpty)
        #expect(!view.isComplete)
        let error = view.noPrimary(waited: .seconds(5))
        #expect(error.kind == .unavailable)
        #expect(
            error.message
                == "waited 5s for a primary, and no server is one (h0: it has not answered yet; "
                + "h1: it has not answered yet)")
    }

    @Test func aReturnedPrimaryGetsNoWriteUntilItFollows() {
        var view = view(primary(100), standby(100))
        #expect(view.primary == 0)
        view.missed(0, "gone")
        #expect(view.primary == nil && view.lastPrimary == 0)
        view.heard(primary(120, timeline: 2), from: 1, asked: 1)
        #expect(view.primary == 1 && view.lastPrimary == 1)
        view.heard(primary(500), from: 0, asked: 2)
        #expect(view.primary == 1)
        #expect(view.problem(of: 0)?.contains("writes timeline 1, and the newest is 2") == true)
        // Not even where it is the only one that is left.
        view.missed(1, "gone")
        #expect(view.primary == nil)
        view.heard(standby(130, timeline: 2), from: 0, asked: 3)
        view.heard(primary(140, timeline: 2), from: 1, asked: 4)
        #expect(view.primary == 1 && view.problem(of: 0) == nil)
    }

    @Test func aStandbyTellsOfAPromotionToo() {
        // A process that starts now has never seen the new primary.
        let view = view(primary(100), standby(90, timeline: 2))
        #expect(view.primary == nil)
    }

    @Test func twoThatWereBothPromotedGetNoWrite() {
        var view = view(primary(100, timeline: 2), primary(100, timeline: 2), standby(90))
        #expect(view.primary == nil)
        #expect(
            view.problem(of: 0)
                == "it and h1 both claim to be the primary of timeline 2: all but one of them must "
                + "become standbys")
        view.heard(standby(100, timeline: 2), from: 1, asked: 1)
        #expect(view.primary == 0 && view.problem(of: 0) == nil)
    }

    @Test func aServerOfAnotherDatabaseIsNotUsed() {
        let view = view(primary(100), standby(100, id: 8))
        #expect(view.problem(of: 1) == "it holds another database than the others")
        #expect(view.readers(ReadBound(maxLag: .seconds(3600)), now: 0).isEmpty)
    }

    @Test func aReplicaIsAsOldAsWhatItLacks() {
        var view = view(primary(100), standby(100), standby(100), standby(nil))
        for second in 1...10 {
            let lsn = UInt64(100 + 10 * second)
            view.heard(primary(lsn), from: 0, asked: Double(second))
            view.heard(standby(lsn), from: 1, asked: Double(second))
            view.heard(standby(134), from: 2, asked: Double(second))
        }
        #expect((0...3).map(view.lag) == [.zero, .zero, .seconds(7), nil])
        func readers(_ bound: ReadBound, now: Double = 10.25) -> [Int] {
            view.readers(bound, now: now)
        }
        #expect(readers(ReadBound(maxLag: .milliseconds(250))) == [1])
        #expect(readers(ReadBound(maxLag: .milliseconds(249))) == [])
        #expect(readers(ReadBound(maxLag: .milliseconds(7250))) == [1, 2])
        #expect(readers(ReadBound(maxLag: .milliseconds(7249))) == [1])
        let minLSN = LSN(byteOffset: 135)
        #expect(readers(ReadBound(maxLag: .seconds(60), minLSN: minLSN)) == [1])
        // An idle primary: asked again, it says the same.
        view.heard(primary(200), from: 0, asked: 90)
        #expect(view.lag(of: 1) == .zero)
        #expect(readers(ReadBound(), now: 90.5) == [1])
        view.missed(1, "gone")
        #expect(readers(ReadBound(maxLag: .seconds(3600)), now: 90.5) == [2])
        #expect(view.status(of: 1, pool: nil).lag == nil)
    }

    @Test func positionsOfAnotherTimelineSayNothing() {
        var view = view(primary(100), standby(100), standby(300))
        view.missed(0, "gone")
        view.heard(primary(150, timeline: 2), from: 1, asked: 1)
        // It has more of the old timeline than the new primary had, and so cannot follow.
        #expect(view.readers(ReadBound(maxLag: .seconds(60)), now: 1) == [])
        #expect(view.lag(of: 2) == nil)
        #expect(view.problem(of: 2) == "it follows timeline 1, and the newest is 2")
    }

    /// A primary that writes at random, replicas that replay with pauses, and questions whose answers
    /// take their time and overtake each other.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func noReaderIsOlderThanItsBound(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var view = ClusterView(names: ["h0", "h1", "h2"])
        // At each millisecond.
        var log: [UInt64] = [100]
        var replayed: [[UInt64]] = [[], [100], [100]]
        var underway: [(arrival: Int, asked: Int, index: Int, state: ServerState)] = []
        var isReplaying = [true, true, true]
        var count = 0
        for now in 1..<20_000 {
            log.append(log[now - 1] + (Int.random(in: 0..<4, using: &random) == 0 ? 8 : 0))
            for index in 1...2 {
                if Int.random(in: 0..<500, using: &random) == 0 { isReplaying[index].toggle() }
                let last = replayed[index][now - 1]
                let goal = log[max(0, now - Int.random(in: 1..<30, using: &random))]
                replayed[index].append(isReplaying[index] ? max(last, goal) : last)
            }
            for index in 0...2 where Int.random(in: 0..<100, using: &random) == 0 {
                let (out, back) = (
                    Int.random(in: 0..<9, using: &random), Int.random(in: 0..<99, using: &random)
                )
                let then = max(0, now - out)
                let state = index == 0 ? primary(log[now]) : standby(replayed[index][now])
                underway.append((now + back, then, index, state))
            }
            for answer in underway where answer.arrival == now {
                view.heard(answer.state, from: answer.index, asked: Double(answer.asked) / 1000)
            }
            underway.removeAll { $0.arrival <= now }
            let maxLag = Int.random(in: 0..<2000, using: &random)
            let bound = ReadBound(maxLag: .milliseconds(maxLag))
            for index in view.readers(bound, now: Double(now) / 1000) {
                count += 1
                #expect(
                    replayed[index][now] >= log[max(0, now - maxLag)], "seed \(seed), ms \(now)")
            }
        }
        #expect(count > 1000)
    }

    @Test func aLongHistoryIsThinnedOutAndNeverTakesAReplicaForNewer() throws {
        var history = LogHistory()
        for second in 0..<100_000 {
            history.note(LSN(byteOffset: UInt64(second)), at: Double(second))
        }
        #expect(history.latest == 99_999)
        #expect(history.moment(coveredBy: LSN(byteOffset: 99_990)) == 99_990)
        let old = try #require(history.moment(coveredBy: LSN(byteOffset: 50_000)))
        #expect(old <= 50_000)
        #expect(history.moment(coveredBy: LSN(byteOffset: 0)) == 0)
    }
}
