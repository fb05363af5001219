import TCCore
import Testing

@testable import TCTelemetry

@Suite("a simulated fleet's lines") struct SimulationOrderTests {
    static func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    @Test(
        "are the same on any number of threads, for small fleets and large",
        arguments: [1, 7, 5000])
    func threads(vehicles: Int) throws {
        let plan = try FleetPlan(
            vehicles: vehicles, duration: .seconds(vehicles > 1000 ? 5 : 400), seed: 9, dirty: 0.02)
        let one = try simulated(plan, workers: 1)
        for workers in [2, 3, 5] {
            let other = try simulated(plan, workers: workers)
            #expect(other.bytes == one.bytes)
            #expect(other.summary == one.summary)
        }
    }

    @Test("are the same on any machine")
    func machines() throws {
        // Recorded once; a change of the simulator's numbers changes it, another machine must not.
        let plan = try FleetPlan(vehicles: 30, duration: .seconds(1000), seed: 42, dirty: 0.01)
        let hash = Self.hash(try simulated(plan).bytes)
        #expect(hash == 10_829_481_984_651_004_648)
    }

    @Test("differ from seed to seed, and begin when told")
    func seeds() throws {
        let first = try simulated(FleetPlan(vehicles: 3, duration: .seconds(60), seed: 1)).bytes
        let second = try simulated(FleetPlan(vehicles: 3, duration: .seconds(60), seed: 2)).bytes
        #expect(first != second)
        for start: Int64 in [0, 5000, 999_999_999_000, 1_767_323_045_000, 4_133_980_700_000] {
            let plan = try FleetPlan(
                vehicles: 3, duration: .seconds(60), start: Instant(milliseconds: start))
            for life in try lives(plan) {
                #expect(life.first!.ts >= start && life.first!.ts < start + 1000)
            }
        }
    }

    @Test(
        "hold every vehicle's every tick once, repetitions apart",
        arguments: ["1/s", "7/s", "1/40s"])
    func complete(rate: String) throws {
        let rate = try #require(MessageRate(text: rate))
        let plan = try FleetPlan(vehicles: 16, duration: .seconds(400), rate: rate, seed: 3)
        let ticks = plan.ticks
        #expect(ticks == 400 * rate.messages * 1000 / rate.perMilliseconds)
        let lives = try lives(plan)
        #expect(lives.count == 16)
        var faults = Faults()
        for life in lives {
            #expect(life.count == Int(ticks))
            for (tick, message) in life.enumerated() {
                let begin = plan.start.milliseconds + rate.offset(ofTick: Int64(tick))
                let end = plan.start.milliseconds + rate.offset(ofTick: Int64(tick) + 1)
                faults.check("in its tick", message, message.ts >= begin && message.ts < end)
            }
        }
        #expect(faults.list.isEmpty)
    }

    @Test("come late and repeated as the summary says, and none after ten minutes")
    func delivery() throws {
        let plan = try FleetPlan(vehicles: 20, duration: .seconds(1800), seed: 5)
        let (bytes, summary) = try simulated(plan)
        var newest: [String: Int64] = [:]
        var seen: Set<ArraySlice<UInt8>> = []
        var (late, repeated, messages) = (0, 0, 0)
        var (now, longest): (Int64, Int64) = (0, 0)
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard seen.insert(line).inserted else {
                repeated += 1
                continue
            }
            let message = try #require(PlainMessage(line))
            messages += 1
            // A car that is back tells first where it is now.
            if message.ts < newest[message.vehicle, default: 0] { late += 1 }
            newest[message.vehicle] = max(message.ts, newest[message.vehicle, default: 0])
            now = max(now, message.ts)
            longest = max(longest, now - message.ts)
        }
        #expect(messages == summary.messages)
        #expect(late == summary.late && late > messages / 200)
        #expect(repeated == summary.repeated && repeated > 0)
        #expect(summary.lines == messages + repeated)
        #expect(summary.bytes == bytes.count)
        #expect((60_000...601_000).contains(longest))
    }

    @Test("stop when they cannot be written")
    func failure() throws {
        struct Full: Error {}
        for vehicles in [5, 5000] {
            let plan = try FleetPlan(vehicles: vehicles, duration: .seconds(3600))
            var calls = 0
            #expect(throws: Full.self) {
                try FleetSimulation(plan).run(workers: 2) { _ in
                    calls += 1
                    if calls == 3 { throw Full() }
                }
            }
            #expect(calls == 3)
        }
    }

    @Test("come from a plan that refuses what no fleet can do")
    func plans() throws {
        for (vehicles, seconds, dirty) in [
            (0, 1, 0), (8_000_001, 1, 0), (1, 0, 0), (1, 1, 2), (1, 1, -1),
        ] {
            #expect(throws: TCError.self) {
                try FleetPlan(
                    vehicles: vehicles, duration: .seconds(seconds), dirty: Double(dirty))
            }
        }
        #expect(throws: TCError.self) {
            try FleetPlan(
                vehicles: 1, duration: .seconds(10), start: Instant(milliseconds: 4_133_980_799_000)
            )
        }
        #expect(throws: TCError.self) {
            try FleetPlan(
                vehicles: 1, duration: .seconds(86_400 * 36_000),
                rate: MessageRate(text: "1000/s")!, start: Instant(milliseconds: 0))
        }
    }

    @Test("are sent at a rate that people write")
    func rates() {
        #expect(MessageRate(text: "1/s") == .oncePerSecond)
        #expect(MessageRate(text: "10/s")?.offset(ofTick: 3) == 300)
        #expect(MessageRate(text: "3/s")?.offset(ofTick: 3) == 1000)
        #expect(MessageRate(text: "1/30s")?.offset(ofTick: 2) == 60_000)
        #expect(MessageRate(text: "4/m")?.ticks(in: 61_000) == 5)
        #expect(MessageRate(text: "1000/s") != nil && MessageRate(text: "1/h") != nil)
        for text in [
            "", "1", "/s", "1/", "0/s", "-1/s", "1/0s", "1/2h", "1001/s", "1/s/s", "x/s", "1/x",
        ] {
            #expect(MessageRate(text: text) == nil, "\(text)")
        }
    }
}
