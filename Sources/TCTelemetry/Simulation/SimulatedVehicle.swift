/// One car of a simulated fleet: its state, in whole numbers of small units, and what a second does
/// to it. 176 bytes of plain values, so that half a million cars are one flat array.
///
/// Invariants: `energy` lies in 0…capacity, `speed` in 0…`topSpeed`, and a car moves only in the
/// mode `driving`.
struct SimulatedVehicle {
    enum Mode: UInt8 { case driving, parked, connected, charging, complete, fault }
    /// Raw values are indices in `EnumSignal.gear.words`.
    enum Gear: UInt8 { case park, reverse, neutral, drive }
    /// Raw values are indices in `EnumSignal.hvac.words`.
    enum Climate: UInt8 { case off, heat, cool, auto, defrost }

    /// 130 km/h in mm/s, the fleet's limit.
    static let topSpeed: Int32 = 36_111
    /// A full message goes out so often, ms; those between carry what moves.
    static let fullEvery: Int32 = 60_000

    /// The VIN's 17 characters in the order of the bytes in memory.
    let vinStart: UInt64
    let vinMiddle: UInt64
    let vinEnd: UInt8
    let model: UInt8
    let city: UInt8
    var mode: Mode
    var gear: Gear
    var climate: Climate
    var usesRapidCharger: Bool
    var random: SplitMix

    /// Nanodegrees: the fleet keeps within some 40 km of its cities, away from poles and antimeridian.
    var latitude: Int64
    var longitude: Int64
    /// mm.
    var odometer: Int64
    /// mJ in the battery, and charged in the latest session.
    var energy: Int64
    var session: Int64
    /// Battery power, W, positive when discharging.
    var power: Int64

    /// mm/s; what the driver wants, what the road allows, what the car does.
    var cruise: Int32
    var roadLimit: Int32
    var speed: Int32
    /// mm/s², over the latest step.
    var acceleration: Int32
    /// A hard manoeuvre under way: its acceleration, and how many ms it still lasts.
    var jolt: Int32
    var joltLeft: Int32
    /// 16-bit angle, clockwise from north, and how fast and for how many ms it turns.
    var heading: Int32
    var turn: Int32
    var turnLeft: Int32
    /// ms to wait at a light or in a fault, ms left in this mode, ms left in reverse.
    var pause: Int32
    var remaining: Int32
    var reversing: Int32

    /// m°C, but µ°C for the slow battery.
    var batteryMicro: Int32
    var ambient: Int32
    var cabin: Int32
    let target: Int32
    /// What the charger offers, W, and where the owner has set charging to end, %.
    var offered: Int64
    let chargeLimit: Int64

    /// When in a tick the car sends, ms.
    let phase: Int32
    /// ms until a full message is due; 0 or less when this one is.
    var untilFull: Int32
    /// The next tick this car has to live through, and the tick at which it sends again. While
    /// `resumeTick` is ahead the car stands still in memory; on its return it lives through the
    /// ticks it owes, which costs no memory for the messages it holds back.
    var nextTick: Int32
    var resumeTick: Int32

    /// Thousandths of a per cent.
    func charge(_ model: borrowing VehicleModel) -> Int64 { energy * 100_000 / model.capacity }
}

extension SimulatedVehicle {
    /// The fleet's vehicle `index` as it is when the run begins, somewhere in the middle of its day.
    init(index: Int, plan: FleetPlan, world: World, clock: TickClock) {
        var random = SplitMix(seed: plan.seed, stream: UInt64(index))
        let modelIndex = Int(random.below(Int64(VehicleModel.all.count)))
        let model = VehicleModel.all[modelIndex]
        let vin = VIN.make(prefix: model.prefix, index: index, year: Int(random.below(9)))
        (vinStart, vinMiddle) = vin.withUnsafeBytes {
            (
                $0.loadUnaligned(as: UInt64.self),
                $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            )
        }
        vinEnd = vin[16]
        self.model = UInt8(modelIndex)
        city = UInt8(random.below(Int64(World.cities.count)))
        let place = world.places[Int(city)]
        latitude = place.latitude + random.below(400_000_000) - 200_000_000
        longitude = place.longitude + random.below(400_000_000) - 200_000_000
        odometer = random.below(180_000_000) * 1000
        target = Int32(19_000 + random.below(9) * 500)
        chargeLimit = 80 + random.below(5) * 5
        energy = model.capacity / 1000 * (60 + random.below(880))
        ambient = world.ambient(Int(city), clock)
        batteryMicro = (ambient + Int32(random.below(15_000))) * 1000
        cabin = target
        heading = Int32(random.below(65_536))
        // Sends are spread over the tick; a fiftieth of it is left to jitter.
        phase = Int32(random.below(max(1, clock.step * 49 / 50)))
        mode = .parked
        gear = .park
        climate = .off
        usesRapidCharger = false
        (session, power, offered) = (0, 0, 0)
        (cruise, roadLimit, speed, acceleration, jolt, joltLeft) = (0, 0, 0, 0, 0, 0)
        (turn, turnLeft, pause, reversing) = (0, 0, 0, 0)
        remaining = Int32(random.below(1_800_000))
        // A car that comes on line tells everything at once; later full messages are spread.
        untilFull = 0
        (nextTick, resumeTick) = (0, 0)
        self.random = random
        begin(model)
    }

    /// Puts the car into a mode as if it had been in it for a while.
    private mutating func begin(_ model: VehicleModel) {
        let lot = random.below(100)
        let percent = charge(model) / 1000
        switch lot {
        case 0..<48 where percent > 8:
            depart()
            remaining = Int32(30_000 + random.below(1_200_000))
            reversing = 0
            gear = .drive
            speed = Int32(random.below(Int64(cruise) + 1))
        case 48..<78 where percent > 8:
            cabin = (cabin + ambient) / 2
        default:
            plugIn(model)
            remaining = Int32(60_000 + random.below(Int64(remaining)))
            pause = 0
            mode = percent < chargeLimit ? .charging : .complete
            session = model.capacity / 1000 * random.below(200)
        }
    }

    /// Lives through one tick. Steps are at most a second, so that a slow rate changes how often a
    /// car tells of its life and not the life.
    mutating func advance(
        _ clock: TickClock, _ world: borrowing World, _ model: borrowing VehicleModel
    ) {
        let before = (mode, gear)
        ambient = world.ambient(Int(city), clock)
        var left = clock.step
        while left > 0 {
            let milliseconds = min(left, 1000)
            left -= milliseconds
            switch mode {
            case .driving: drive(milliseconds, world, model)
            case .parked: park(milliseconds, model)
            default: charge(milliseconds, model)
            }
            settle(milliseconds, model)
        }
        untilFull &-= Int32(clock.step)
        if before != (mode, gear) { untilFull = 0 }
    }

    /// What power and weather do to the battery and the cabin.
    @inline(__always)
    private mutating func settle(_ milliseconds: Int64, _ model: borrowing VehicleModel) {
        energy = min(max(energy - power * milliseconds, 0), model.capacity)
        // A twentieth of the power becomes heat in 360 kJ/K of battery: 1 W·ms is 1/7200 µ°C.
        // Two hours bring the battery to the air's temperature; a loop of coolant cuts at 50 °C.
        let heat = abs(power) * milliseconds / 7200
        let cooling =
            (Int64(batteryMicro) - Int64(ambient) * 1000) * milliseconds
            / (batteryMicro > 50_000_000 ? 120_000 : 7_200_000)
        batteryMicro += Int32(heat - cooling)
        let goal = climate == .off ? ambient : target
        let pace: Int64 = climate == .off ? 1_200_000 : 180_000
        cabin += Int32(Int64(goal - cabin) * milliseconds / pace)
    }
}
