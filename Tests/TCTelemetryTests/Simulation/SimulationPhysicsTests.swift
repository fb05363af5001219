import Glibc
import TCCore
import Testing

@testable import TCTelemetry

@Suite("a simulated car") struct SimulationPhysicsTests {
    static let seeds: [UInt64] = [1, 77, 4242]

    /// The lives of a fleet of each seed, read once.
    static let fleets: [UInt64: [[PlainMessage]]] = Dictionary(
        uniqueKeysWithValues: seeds.map { seed in
            // Errors of the plan cannot happen here, and one of reading fails every test below.
            let plan = try? FleetPlan(vehicles: 20, duration: .seconds(1500), seed: seed)
            return (seed, plan.flatMap { try? lives($0) } ?? [])
        })

    static func fleet(_ seed: UInt64) throws -> [[PlainMessage]] {
        let fleet = fleets[seed] ?? []
        try #require(fleet.count == 20)
        return fleet
    }

    @Test("keeps every signal in its range and the speed limit", arguments: seeds)
    func ranges(seed: UInt64) throws {
        var faults = Faults()
        var seen: Set<Signal> = []
        for message in try Self.fleet(seed).joined() {
            for signal in Signal.allCases where !message[signal].isNaN {
                seen.insert(signal)
                faults.check(signal.name, message, signal.range.contains(message[signal]))
            }
            faults.check("speed limit", message, !(message[.speedKph] > 130))
            faults.check("tyres", message, !(abs(message[.accelMps2]) > 8.5))
            faults.check("half a place", message, message[.lat].isNaN == message[.lon].isNaN)
            if message[.gear] == "P" { faults.check("parked", message, message[.speedKph] == 0) }
        }
        #expect(faults.list.isEmpty, "seed \(seed)")
        #expect(seen.count == Signal.count, "seed \(seed)")
    }

    @Test("moves as fast as it says, where it says", arguments: seeds)
    func motion(seed: UInt64) throws {
        var faults = Faults()
        var checked = 0
        for life in try Self.fleet(seed) {
            for (before, after) in zip(life, life.dropFirst()) {
                let radians = after[.lat] * .pi / 180
                let north = (after[.lat] - before[.lat]) * 111_194.9
                let east = (after[.lon] - before[.lon]) * 111_194.9 * cos(radians)
                let moved = (north * north + east * east).squareRoot()
                guard !moved.isNaN else { continue }
                // A tick is a second of movement, whatever the jitter of the sending.
                let expected = (after[.speedKph] + before[.speedKph]) / 7.2
                faults.check("place", after, abs(moved - expected) < 0.4 + expected * 0.01)
                let odometer = (after[.odometerKm] - before[.odometerKm]) * 1000
                faults.check("odometer", after, abs(odometer - expected) < 10.5)
                let gained = (after[.speedKph] - before[.speedKph]) / 3.6
                faults.check("acceleration", after, abs(gained - after[.accelMps2]) < 0.1)
                guard expected > 5, after[.gear] == "D" else { continue }
                let bearing = atan2(east, north) * 180 / .pi
                let apart = remainder(bearing - after[.headingDeg], 360)
                faults.check("heading", after, abs(apart) < 3)
                checked += 1
            }
        }
        #expect(faults.list.isEmpty, "seed \(seed)")
        #expect(checked > 500)
    }

    @Test("uses energy with distance", arguments: seeds)
    func consumption(seed: UInt64) throws {
        var faults = Faults()
        var (kilometres, used) = (0.0, 0.0)
        for life in try Self.fleet(seed) {
            // A trip is what lies between two messages with gear P.
            var trip: [PlainMessage] = []
            for message in life where !message[.gear].isEmpty {
                guard message[.gear] == "P" else {
                    trip.append(message)
                    continue
                }
                if let first = trip.first, let last = trip.last {
                    let distance = last[.odometerKm] - first[.odometerKm]
                    let fall = first[.socPct] - last[.socPct]
                    if distance > 3 { faults.check("fall", last, fall > 0) }
                    kilometres += distance
                    used += fall
                }
                trip = []
            }
        }
        #expect(faults.list.isEmpty, "seed \(seed)")
        // 100 km cost 15 to 60 % of batteries of 40 to 80 kWh.
        #expect(kilometres > 20)
        #expect((15.0...60).contains(used / kilometres * 100), "seed \(seed)")
    }

    @Test("uses more in the cold and when fast")
    func weather() throws {
        /// Watts on the level at a steady speed.
        func power(kph: Int32, ambient: Int32) throws -> Int64 {
            let plan = try FleetPlan(vehicles: 1, duration: .seconds(1))
            let world = World()
            var car = SimulatedVehicle(
                index: 0, plan: plan, world: world, clock: TickClock(plan, tick: 0))
            car.mode = .driving
            car.gear = .drive
            car.climate = .auto
            car.remaining = 1_000_000
            car.energy = VehicleModel.all[Int(car.model)].capacity / 2
            var sum: Int64 = 0
            for _ in 0..<200 {
                car.ambient = ambient
                (car.speed, car.cruise, car.joltLeft) = (kph * 2500 / 9, kph * 2500 / 9, 1000)
                car.jolt = 0
                car.pause = 0
                car.drive(1000, world, VehicleModel.all[Int(car.model)])
                sum += car.power
            }
            return sum / 200
        }
        let mild = try power(kph: 50, ambient: 20_000)
        #expect((4000...9000).contains(mild))
        #expect(try power(kph: 50, ambient: -10_000) > mild * 5 / 4)
        // Twice the speed is more than twice the power: air.
        #expect(try power(kph: 100, ambient: 20_000) > mild * 5 / 2)
    }

    @Test("charges more slowly the fuller it is", arguments: seeds)
    func taper(seed: UInt64) throws {
        let plan = try FleetPlan(
            vehicles: 120, duration: .seconds(4800), rate: MessageRate(text: "1/30s")!, seed: seed)
        var faults = Faults()
        var tapered = 0
        for life in try lives(plan) {
            // The highest power below 80 % of each session is what charger and car can do.
            var best = 0.0
            var energy = 0.0
            for message in life {
                let kw = message[.chargeKw]
                guard !kw.isNaN else {
                    if message[.charge] == "idle" { (best, energy) = (0, 0) }
                    continue
                }
                faults.check("session", message, message[.chargeKwh] >= energy)
                energy = message[.chargeKwh]
                faults.check("power", message, kw > 0 && kw <= 250)
                faults.check("sign", message, message[.batteryKw] == -kw)
                if message[.socPct] < 80 { best = max(best, kw) }
                if best > 40, message[.socPct] > 92 {
                    faults.check("taper", message, kw < best)
                    tapered += 1
                }
            }
        }
        #expect(faults.list.isEmpty, "seed \(seed)")
        #expect(tapered > 0, "seed \(seed)")
    }

    @Test("bears a valid vehicle identification number of its own")
    func vins() throws {
        // The example of 49 CFR 565 and the well-known all-ones number.
        #expect(VIN.checkDigit(Array("1M8GDM9AXKP042788".utf8)) == UInt8(ascii: "X"))
        #expect(VIN.checkDigit(Array("11111111111111111".utf8)) == UInt8(ascii: "1"))
        let ids = Set(try messages(FleetPlan(vehicles: 3000, duration: .seconds(1))).map(\.vehicle))
        #expect(ids.count == 3000)
        #expect(
            ids.allSatisfy { id in
                let bytes = Array(id.utf8)
                return bytes.count == 17 && bytes[8] == VIN.checkDigit(bytes)
                    && bytes.allSatisfy { !Array("IOQ".utf8).contains($0) }
            })
        let far = (0..<8).map { VIN.make(prefix: "5YJ3E1EA", index: $0 * 1_000_000, year: 0) }
        #expect(Set(far).count == 8)
    }

    @Test("tells everything at first, and again at least every minute")
    func fullMessages() throws {
        var faults = Faults()
        for life in try Self.fleet(1) {
            faults.check("first", life[0], life[0].isFull && !life[0][.rangeKm].isNaN)
            var last = life[0].ts
            for message in life where message.isFull {
                faults.check("minute", message, message.ts - last <= 61_100)
                last = message.ts
            }
        }
        #expect(faults.list.isEmpty)
    }

    @Test("turns by a table that is the library's cosine")
    func tables() {
        let world = World()
        for index in 0..<World.angleSteps {
            let exact = cos(Double(index) / 1024 * 2 * .pi) * 32768
            #expect(abs(Double(world.cosine(Int32(index * 64))) - exact) <= 0.51)
        }
        for degrees in stride(from: -75.0, through: 75, by: 0.37) {
            let exact = 1 / cos(degrees * .pi / 180)
            let stretch = Double(world.stretch(at: Int64(degrees * 1e9))) / 16384
            #expect(abs(stretch / exact - 1) < 0.01)
        }
    }
}
