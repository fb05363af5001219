/// Some neighbouring vehicles of the fleet: they live through ticks and their messages reach a
/// buffer as a server would get them.
///
/// Only one thread works on a slice at a time, in the order of ticks, which `SliceRing` sees to.
final class FleetSlice {
    private let plan: FleetPlan
    private let world: World
    private let models: UnsafeMutablePointer<VehicleModel>
    private let vehicles: UnsafeMutablePointer<SimulatedVehicle>
    private let count: Int
    private let lastTick: Int64
    private var dirt: LineDirt?
    private(set) var summary = SimulationSummary()

    /// Messages that a car holds back at most: a burst stays in memory until it is written.
    static let mostHeld: Int64 = 600

    init(_ indices: Range<Int>, plan: FleetPlan, world: World) {
        self.plan = plan
        self.world = world
        count = indices.count
        lastTick = plan.ticks - 1
        models = .allocate(capacity: VehicleModel.all.count)
        models.initialize(from: VehicleModel.all, count: VehicleModel.all.count)
        vehicles = .allocate(capacity: count)
        let clock = TickClock(plan, tick: 0)
        for (at, index) in indices.enumerated() {
            (vehicles + at).initialize(
                to: SimulatedVehicle(index: index, plan: plan, world: world, clock: clock))
        }
        dirt = LineDirt(plan: plan, slice: indices.lowerBound)
    }

    deinit {
        models.deinitialize(count: VehicleModel.all.count)
        models.deallocate()
        vehicles.deallocate()
    }

    /// Appends what the slice's vehicles send in tick `tick`.
    func advance(tick: Int64, into buffer: LineBuffer) {
        let clock = TickClock(plan, tick: tick)
        let before = buffer.count
        for at in 0..<count {
            let vehicle = vehicles + at
            let next = Int64(vehicle.pointee.nextTick)
            if next == tick && Int64(vehicle.pointee.resumeTick) <= tick {
                live(vehicle, tick, clock, buffer)
            } else if Int64(vehicle.pointee.resumeTick) <= tick {
                comeBack(vehicle, tick, clock, buffer)
            }
        }
        summary.bytes += buffer.count - before
    }

    /// One tick of a car with a signal.
    @inline(__always)
    private func live(
        _ vehicle: UnsafeMutablePointer<SimulatedVehicle>, _ tick: Int64, _ clock: TickClock,
        _ buffer: LineBuffer
    ) {
        let wasDriving = vehicle.pointee.mode == .driving
        let start = buffer.count
        send(vehicle, clock, buffer)
        vehicle.pointee.nextTick = Int32(truncatingIfNeeded: tick + 1)
        // The server's answer was lost: the car sends the message again.
        if vehicle.pointee.random.below(2048) == 0 {
            buffer.repeatBytes(start..<buffer.count)
            summary.repeated += 1
        }
        if dirt != nil { dirt!.follow(start, buffer, &summary) }
        if wasDriving { loseSignal(vehicle, tick, clock) }
    }

    @inline(__always)
    private func send(
        _ vehicle: UnsafeMutablePointer<SimulatedVehicle>, _ clock: TickClock, _ buffer: LineBuffer
    ) {
        let model = models + Int(vehicle.pointee.model)
        buffer.reserve(SimulatedVehicle.longestMessage)
        vehicle.pointee.advance(clock, world, model.pointee)
        buffer.append { vehicle.pointee.write(clock, world, model.pointee, to: &$0) }
        vehicle.pointee.scheduleFull()
        summary.messages += 1
    }

    /// Tunnels while driving, garages on arrival.
    @inline(__always)
    private func loseSignal(
        _ vehicle: UnsafeMutablePointer<SimulatedVehicle>, _ tick: Int64, _ clock: TickClock
    ) {
        let silence: Int64
        if vehicle.pointee.mode == .driving {
            guard vehicle.pointee.random.happens(every: 1200, in: clock.step) else { return }
            silence = 8000 + vehicle.pointee.random.skewed(180_000)
        } else {
            guard vehicle.pointee.random.below(5) == 0 else { return }
            silence = 60_000 + vehicle.pointee.random.below(540_000)
        }
        let ticks = min(max(1, silence / clock.step), FleetSlice.mostHeld)
        // The last tick brings everyone back, so that every message of a run is in its output.
        vehicle.pointee.resumeTick = Int32(truncatingIfNeeded: min(tick + 1 + ticks, lastTick))
    }

    /// A car is back: its newest message first, then those it held back, oldest first; one time in
    /// four the answer to the last of them is lost and it sends a part again.
    private func comeBack(
        _ vehicle: UnsafeMutablePointer<SimulatedVehicle>, _ tick: Int64, _ clock: TickClock,
        _ buffer: LineBuffer
    ) {
        let first = Int64(vehicle.pointee.nextTick)
        let start = buffer.count
        let again = first + vehicle.pointee.random.below(tick - first)
        var againAt = start
        for owed in first..<tick {
            if owed == again { againAt = buffer.count }
            send(vehicle, TickClock(plan, tick: owed), buffer)
        }
        let held = buffer.count
        send(vehicle, clock, buffer)
        let size = buffer.count - held
        buffer.moveToFront(last: held, first: start)
        summary.late += Int(tick - first)
        if vehicle.pointee.random.below(4) == 0 {
            buffer.repeatBytes((againAt + size)..<buffer.count)
            summary.repeated += Int(tick - again)
        }
        vehicle.pointee.nextTick = Int32(truncatingIfNeeded: tick + 1)
        vehicle.pointee.resumeTick = vehicle.pointee.nextTick
        if dirt != nil { dirt!.follow(start, buffer, &summary) }
    }
}
