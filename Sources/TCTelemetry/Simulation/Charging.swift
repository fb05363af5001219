/// Charging: plugging in, the power that battery and charger agree on, and the end of a session.
extension SimulatedVehicle {
    /// Connects to a charger; the session begins some seconds later.
    mutating func plugIn(_ model: borrowing VehicleModel) {
        mode = .connected
        gear = .park
        climate = .off
        session = 0
        power = 0
        pause = Int32(4000 + random.below(40_000))
        usesRapidCharger = random.below(3) == 0
        if usesRapidCharger {
            let stations: [Int64] = [50_000, 75_000, 150_000, 300_000]
            offered = min(stations[Int(random.below(4))], model.rapidPower)
            remaining = Int32(600_000 + random.skewed(3_000_000))
        } else {
            let outlets: [Int64] = [2300, 7400, 11_000, 22_000]
            offered = min(outlets[Int(random.below(4))], model.mainsPower)
            remaining = Int32(1_800_000 + random.skewed(18_000_000))
        }
    }

    mutating func charge(_ ms: Int64, _ model: borrowing VehicleModel) {
        acceleration = 0
        power = 0
        remaining -= Int32(ms)
        if remaining <= 0 && charge(model) > 12_000 {
            depart()
            return
        }
        if mode == .connected || mode == .fault {
            pause -= Int32(ms)
            if pause <= 0 { mode = .charging }
        }
        guard mode == .charging else { return }
        if charge(model) >= chargeLimit * 1000 {
            mode = .complete
        } else if random.happens(every: 20_000, in: ms) {
            mode = .fault
            pause = Int32(20_000 + random.below(100_000))
        } else {
            power = -chargingPower(model)
            session += min(-power * ms, model.capacity - energy)
        }
    }

    /// W: what charger and battery agree on. Rapid charging falls from 80 % on to 15 % of its power
    /// at 100 %; the mains give less than a battery takes until it is all but full.
    private mutating func chargingPower(_ model: borrowing VehicleModel) -> Int64 {
        let above = max(0, charge(model) - 80_000)
        let most = usesRapidCharger ? offered : model.rapidPower
        let power = min(offered, most * (100_000 - above * 85 / 20) / 100_000)
        // Voltage sags and rises: up to a hundredth.
        return power - random.below(max(1, power / 100))
    }
}
