/// Driving and parking: what a driver does, and what that costs.
extension SimulatedVehicle {
    /// Sets off from a parking place: out of it backwards first, often, and onto a city road.
    mutating func depart() {
        mode = .driving
        session = 0
        power = 0
        remaining = Int32(60_000 + random.skewed(2_700_000))
        reversing = random.below(4) == 0 ? Int32(3000 + random.below(4000)) : 0
        gear = reversing > 0 ? .reverse : .drive
        pause = 0
        joltLeft = 0
        takeRoad()
        climate =
            if ambient < 2000 && random.below(3) == 0 {
                .defrost
            } else if ambient < target - 5000 {
                .heat
            } else if ambient > target + 5000 { .cool } else { random.below(2) == 0 ? .auto : .off }
    }

    /// Chooses a road: streets are commoner than motorways.
    private mutating func takeRoad() {
        // 30, 50, 80 and 110 km/h, and the top speed.
        let lot = random.below(16)
        roadLimit =
            lot < 3
            ? 8333 : lot < 10 ? 13_889 : lot < 13 ? 22_222 : lot < 15 ? 30_556 : Self.topSpeed
        chooseCruise()
    }

    private mutating func chooseCruise() {
        cruise = Int32(Int64(roadLimit) * (800 + random.below(200)) / 1000)
    }

    mutating func drive(_ ms: Int64, _ world: borrowing World, _ model: borrowing VehicleModel) {
        remaining -= Int32(ms)
        decide(ms, model)
        let wish = gear == .reverse ? (reversing > 0 ? 1400 : 0) : cruise
        let next = accelerated(toward: wish, ms)
        acceleration = Int32(Int64(next - speed) * 1000 / ms)
        let distance = Int64(speed + next) * ms / 2000
        spend(Int64(speed + next) / 2, world, model)
        speed = next
        if distance > 0 { move(distance, ms, world) }
        if speed == 0 { stand(model) }
    }

    /// Lights, roads, the end of the trip.
    @inline(__always)
    private mutating func decide(_ ms: Int64, _ model: borrowing VehicleModel) {
        if remaining <= 0 || energy < model.capacity / 25 {
            cruise = 0
            remaining = min(remaining, 0)
        } else if gear == .reverse {
            reversing -= Int32(ms)
        } else if cruise == 0 {
            guard speed == 0 else { return }
            pause -= Int32(ms)
            guard pause <= 0 else { return }
            gear = .drive
            chooseCruise()
            // One start in sixteen from a light is a race.
            if random.below(16) == 0 { startJolt(Int32(3200 + random.below(1600))) }
        } else if random.happens(every: 12, in: ms) {
            changeMind()
        }
    }

    private mutating func changeMind() {
        let lot = random.below(16)
        if lot < 4 && roadLimit <= 13_889 {
            cruise = 0
            pause = Int32(3000 + random.below(35_000))
        } else if lot < 7 {
            takeRoad()
        } else if lot == 7 && speed > 9000 && random.below(3) == 0 {
            startJolt(-Int32(3200 + random.below(4600)))
        } else {
            chooseCruise()
        }
    }

    private mutating func startJolt(_ strength: Int32) {
        jolt = strength
        joltLeft = Int32(1000 + random.below(2000))
    }

    /// The speed after `ms`, with the limits of tyres, manners and the fleet.
    @inline(__always)
    private mutating func accelerated(toward wish: Int32, _ ms: Int64) -> Int32 {
        let wanted: Int32
        if joltLeft > 0 {
            wanted = jolt
            joltLeft -= Int32(ms)
        } else {
            let noise = speed > 0 ? Int32(random.below(300)) - 150 : 0
            wanted = min(max((wish - speed) / 4 + noise, -2400), 2100)
        }
        let next = speed + Int32(Int64(wanted) * ms / 1000)
        if wish == 0 && next < 600 { return 0 }
        return min(max(next, 0), Self.topSpeed)
    }

    /// Battery power for `speed` mm/s on average: inertia, rolling, air, heat, and what recuperation
    /// brings back.
    @inline(__always)
    private mutating func spend(
        _ speed: Int64, _ world: borrowing World, _ model: borrowing VehicleModel
    ) {
        // 98 mm/s² is a rolling resistance of 0.01; the products stay below 2⁵⁷.
        let pull = model.mass * (Int64(acceleration) + 98) * speed / 1_000_000
        let air = model.drag * (speed * speed / 1000) * speed / 1_000_000_000
        let wheels = pull + air
        var battery: Int64
        if wheels >= 0 {
            battery = wheels * 115 / 100
            // Cold cells and cold oil: 1 % more for each degree below 10 °C.
            if ambient < 10_000 { battery += battery * Int64(10_000 - ambient) / 100_000 }
        } else {
            // A full battery takes nothing back.
            let headroom = (model.capacity - energy) / 3_600_000
            battery = max(wheels * 65 / 100, -min(60_000, headroom * 30))
        }
        power = battery + 300 + heating()
    }

    /// What the air conditioning draws, W.
    @inline(__always)
    func heating() -> Int64 {
        climate == .off ? 0 : min(4000, 200 + Int64(abs(target - ambient)) / 8)
    }

    @inline(__always)
    private mutating func move(_ distance: Int64, _ ms: Int64, _ world: borrowing World) {
        steer(ms, world)
        odometer += distance
        let way = gear == .reverse ? -distance : distance
        // 8.99322 nanodegrees to a millimetre of a sphere of 6,371 km: 9,209 / 2¹⁰, and 2¹⁵ of the
        // cosine.
        let north = (way * world.cosine(heading) * 9209) >> 25
        let east = (way * world.sine(heading) * 9209) >> 25
        longitude += (east * world.stretch(at: latitude)) >> 14
        latitude += north
    }

    /// Bends, corners where the car is slow enough, and a turn for home at the edge of the region.
    @inline(__always)
    private mutating func steer(_ ms: Int64, _ world: borrowing World) {
        if turnLeft > 0 {
            heading = (heading &+ turn * Int32(min(Int64(turnLeft), ms)) / 1000) & 65_535
            turnLeft -= Int32(ms)
            return
        }
        let lot = random.below(1024)
        heading = (heading &+ Int32(lot & 63) - 32) & 65_535
        if gear != .reverse, speed > 1500, speed < 12_000, lot < 48 {
            // A quarter turn, more or less, in five seconds.
            turn = lot & 1 == 0 ? 3277 : -3277
            turnLeft = Int32(4500 + random.below(1000))
        } else if lot < 192 {
            let place = world.places[Int(city)]
            let (north, east) = (latitude - place.latitude, longitude - place.longitude)
            guard abs(north) > 250_000_000 || abs(east) > 250_000_000 else { return }
            let outward = north * world.cosine(heading) + east * world.sine(heading)
            if outward > 0 {
                turn = 2000
                turnLeft = 8000
            }
        }
    }

    /// What a car does that has come to a stand.
    private mutating func stand(_ model: borrowing VehicleModel) {
        if gear == .reverse {
            if reversing <= 0 { gear = .drive }
        } else if remaining <= 0 {
            gear = .park
            climate = .off
            let percent = charge(model) / 1000
            if random.below(100) < (percent < 8 ? 100 : percent < 35 ? 60 : 12) {
                plugIn(model)
            } else {
                mode = .parked
                remaining = Int32(60_000 + random.skewed(2_100_000))
                power = 0
            }
        } else if gear == .drive, pause > 20_000, random.below(16) == 0 {
            gear = .neutral
        }
    }

    mutating func park(_ ms: Int64, _ model: borrowing VehicleModel) {
        acceleration = 0
        // Electronics that watch over the car.
        power = 40
        remaining -= Int32(ms)
        guard remaining <= 0 else { return }
        if charge(model) < 8000 {
            plugIn(model)
        } else {
            depart()
        }
    }
}
