/// A make of car, as far as the simulation's physics goes.
///
/// Masses and batteries are those of cars on the road, rounded.
struct VehicleModel {
    /// The first eight characters of the VIN.
    let prefix: String
    /// mJ, so that watts times milliseconds change it without rounding.
    let capacity: Int64
    /// Kilograms with two aboard.
    let mass: Int64
    /// Half the air's density times frontal area times drag coefficient, g/m.
    let drag: Int64
    /// The most the battery takes from a rapid charger, W.
    let rapidPower: Int64
    /// The most the on-board charger takes from the mains, W.
    let mainsPower: Int64
    /// What the car reckons with to tell its range: mJ a metre.
    let reckoned: Int64

    init(
        _ prefix: String, kWh: Int64, mass: Int64, drag: Int64, rapidKW: Int64, mainsW: Int64,
        whPerKm: Int64
    ) {
        self.prefix = prefix
        capacity = kWh * 3_600_000_000
        self.mass = mass
        self.drag = drag
        rapidPower = rapidKW * 1000
        mainsPower = mainsW
        reckoned = whPerKm * 3600
    }

    static let all = [
        VehicleModel(
            "5YJ3E1EA", kWh: 60, mass: 1900, drag: 305, rapidKW: 170, mainsW: 11_000, whPerKm: 145),
        VehicleModel(
            "LRW3E7EK", kWh: 75, mass: 1990, drag: 305, rapidKW: 250, mainsW: 11_000, whPerKm: 150),
        VehicleModel(
            "XP7YGCEL", kWh: 75, mass: 2140, drag: 365, rapidKW: 250, mainsW: 11_000, whPerKm: 165),
        VehicleModel(
            "WVWZZZE1", kWh: 58, mass: 1950, drag: 385, rapidKW: 120, mainsW: 11_000, whPerKm: 160),
        VehicleModel(
            "KMHK381G", kWh: 64, mass: 1850, drag: 420, rapidKW: 77, mainsW: 7200, whPerKm: 155),
        VehicleModel(
            "VF1AG000", kWh: 52, mass: 1650, drag: 400, rapidKW: 50, mainsW: 22_000, whPerKm: 165),
        VehicleModel(
            "1N4AZ1CP", kWh: 40, mass: 1720, drag: 420, rapidKW: 50, mainsW: 6600, whPerKm: 160),
        VehicleModel(
            "WBY8P210", kWh: 80, mass: 2350, drag: 400, rapidKW: 150, mainsW: 11_000, whPerKm: 180),
    ]
}

/// Vehicle identification numbers: 17 characters whose ninth is a check digit (49 CFR 565.15).
enum VIN {
    static let length = 17

    /// The VIN of the fleet's vehicle `index`, below 8,000,000: unlike that of any other index,
    /// since the plant's letter and the last six digits are its number.
    static func make(prefix: String, index: Int, year: Int) -> [UInt8] {
        var vin = Array(prefix.utf8)
        vin.append(UInt8(ascii: "0"))
        vin.append(Array("JKLMNPRST".utf8)[year % 9])
        vin.append(Array("ABCFKLMN".utf8)[index / 1_000_000 % 8])
        var rest = index % 1_000_000
        var serial = [UInt8](repeating: 0, count: 6)
        for at in serial.indices.reversed() {
            serial[at] = 48 + UInt8(rest % 10)
            rest /= 10
        }
        vin += serial
        vin[8] = checkDigit(vin)
        return vin
    }

    /// The ninth character that the other sixteen ask for: `0` to `9` or `X`.
    static func checkDigit(_ vin: [UInt8]) -> UInt8 {
        let weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
        let sum = zip(vin, weights).reduce(0) { $0 + value($1.0) * $1.1 }
        return sum % 11 == 10 ? UInt8(ascii: "X") : 48 + UInt8(sum % 11)
    }

    private static func value(_ character: UInt8) -> Int {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(character) - 48
        case UInt8(ascii: "A")...UInt8(ascii: "H"): Int(character) - 64
        case UInt8(ascii: "J")...UInt8(ascii: "R"): Int(character) - 73
        default: Int(character) - 81
        }
    }
}
