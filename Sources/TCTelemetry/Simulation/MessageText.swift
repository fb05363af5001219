/// The message a car sends: vehicles send what changed, so there are four, and their fields are
/// always in the same order.
///
/// - full, once a minute and when gear or mode change: everything, some 360 bytes;
/// - driving: place, motion and power, some 225 bytes;
/// - charging: battery and charger, some 185 bytes;
/// - parked: battery and cabin, some 140 bytes.
extension SimulatedVehicle {
    /// No message is longer, the end of the line included.
    static let longestMessage = 480

    /// Writes the message for the tick that the car has just lived through, with its newline.
    mutating func write(
        _ clock: TickClock, _ world: borrowing World, _ model: borrowing VehicleModel,
        to out: inout LineCursor
    ) {
        let jitter = random.below(max(1, clock.step / 50))
        out.text("{\"vehicle_id\":\"")
        let id = UnsafeMutableRawPointer(out.at)
        id.storeBytes(of: vinStart, as: UInt64.self)
        (id + 8).storeBytes(of: vinMiddle, as: UInt64.self)
        (id + 16).storeBytes(of: vinEnd, as: UInt8.self)
        out.at += VIN.length
        out.text("\",\"ts\":")
        out.time(clock.milliseconds + Int64(phase) + jitter)
        out.text(",\"soc_pct\":")
        out.tenths(energy * 1000 / model.capacity)
        if untilFull <= 0 {
            writeFull(world, model, &out)
        } else if mode == .driving {
            writePlace(&out)
            writeMotion(&out)
        } else if mode == .charging {
            writeCharging(&out)
        } else {
            writeCabin(&out)
        }
        out.text("}\n")
    }

    /// When the next full message is due; a car's first one is early, so that they are spread.
    mutating func scheduleFull() {
        guard untilFull <= 0 else { return }
        untilFull = Self.fullEvery - Int32(random.below(Int64(Self.fullEvery) / 4))
    }

    @inline(__always)
    private func writePlace(_ out: inout LineCursor) {
        out.text(",\"lat\":")
        out.millionths(latitude / 1000)
        out.text(",\"lon\":")
        out.millionths(longitude / 1000)
    }

    @inline(__always)
    private func writeMotion(_ out: inout LineCursor) {
        out.text(",\"heading_deg\":")
        out.tenths((Int64(heading) * 3600) >> 16)
        out.text(",\"speed_kph\":")
        out.tenths(Int64(speed) * 36 / 1000)
        out.text(",\"accel_mps2\":")
        out.hundredths(Int64(acceleration / 10))
        out.text(",\"odometer_km\":")
        out.hundredths(odometer / 10_000)
        out.text(",\"battery_kw\":")
        out.tenths(power / 100)
        switch gear {
        case .park: out.text(",\"gear\":\"P\"")
        case .reverse: out.text(",\"gear\":\"R\"")
        case .neutral: out.text(",\"gear\":\"N\"")
        case .drive: out.text(",\"gear\":\"D\"")
        }
    }

    private func writeCharging(_ out: inout LineCursor) {
        out.text(",\"battery_c\":")
        out.tenths(Int64(batteryMicro / 100_000))
        out.text(",\"battery_kw\":")
        out.tenths(power / 100)
        writeCharge(&out)
    }

    private func writeCharge(_ out: inout LineCursor) {
        switch mode {
        case .driving, .parked: out.text(",\"charge\":\"idle\"")
        case .connected: out.text(",\"charge\":\"connected\"")
        case .charging:
            out.text(",\"charge\":\"charging\",\"charge_kw\":")
            out.tenths(-power / 100)
            out.text(",\"charge_kwh\":")
            out.hundredths(session / 36_000_000)
        case .complete:
            out.text(",\"charge\":\"complete\",\"charge_kwh\":")
            out.hundredths(session / 36_000_000)
        case .fault: out.text(",\"charge\":\"fault\"")
        }
    }

    private func writeCabin(_ out: inout LineCursor) {
        out.text(",\"ambient_c\":")
        out.tenths(Int64(ambient / 100))
        out.text(",\"cabin_c\":")
        out.tenths(Int64(cabin / 100))
        out.text(",\"target_c\":")
        out.tenths(Int64(target / 100))
        switch climate {
        case .off: out.text(",\"hvac\":\"off\"")
        case .heat: out.text(",\"hvac\":\"heat\"")
        case .cool: out.text(",\"hvac\":\"cool\"")
        case .auto: out.text(",\"hvac\":\"auto\"")
        case .defrost: out.text(",\"hvac\":\"defrost\"")
        }
    }

    /// Tenths of a metre: hills of 25 m, four kilometres from one to the next.
    private func altitude(_ world: borrowing World) -> Int64 {
        let hills =
            world.sine(Int32(truncatingIfNeeded: latitude >> 9 & 65_535))
            + world.sine(Int32(truncatingIfNeeded: longitude >> 9 & 65_535))
        return Int64(world.places[Int(city)].altitude) * 10 + (hills * 125) >> 15
    }

    private func writeFull(
        _ world: borrowing World, _ model: borrowing VehicleModel, _ out: inout LineCursor
    ) {
        writePlace(&out)
        out.text(",\"alt_m\":")
        out.tenths(altitude(world))
        writeMotion(&out)
        out.text(",\"range_km\":")
        // mJ by mJ a metre are metres; colder than 20 °C costs 1 % a degree.
        let metres = energy / model.reckoned
        out.tenths(metres * Int64(100_000 - max(0, min(40_000, 20_000 - ambient))) / 10_000_000)
        out.text(",\"battery_c\":")
        out.tenths(Int64(batteryMicro / 100_000))
        writeCabin(&out)
        writeCharge(&out)
        // A field that the store does not know, as real vehicles send them.
        out.text(",\"firmware\":\"26.4.1\"")
    }
}
