/// The smallest version that holds some bytes, and how they are cut into runs of one mode each.
struct QRPlan {
    let layout: QRLayout
    private let runs: [Run]

    private struct Run {
        let mode: QRMode
        let range: Range<Int>
    }

    /// Nil where no version holds them. Costs a pass over the bytes for each of three sizes of headers.
    init?(_ bytes: [UInt8], _ correction: QRCode.Correction) {
        for versions in [1...9, 10...26, 27...40] {
            let runs = QRPlan.cheapestRuns(bytes, version: versions.lowerBound)
            let bits = runs.reduce(0) {
                $0 + $1.mode.headerBits(versions.lowerBound) + $1.mode.bits($1.range.count)
            }
            for version in versions {
                let layout = QRLayout(version: version, correction: correction)
                if bits <= 8 * layout.dataCodewordCount {
                    self.layout = layout
                    self.runs = runs
                    return
                }
            }
        }
        return nil
    }

    /// The codewords of the runs, an end mark and padding, as many as the version has for data.
    func dataCodewords(_ bytes: [UInt8]) -> [UInt8] {
        var bits = BitWriter()
        for run in runs {
            bits.append(run.mode.indicator, count: 4)
            bits.append(run.range.count, count: run.mode.countBits(layout.version))
            run.mode.write(bytes[run.range], to: &bits)
        }
        let room = 8 * layout.dataCodewordCount
        bits.append(0, count: min(4, room - bits.count))
        bits.append(0, count: (8 - bits.count % 8) % 8)
        var codewords = bits.bytes
        var padding: UInt8 = 0xEC
        while codewords.count < layout.dataCodewordCount {
            codewords.append(padding)
            padding ^= 0xEC ^ 0x11
        }
        return codewords
    }

    /// A way through the bytes with the fewest bits.
    ///
    /// For each byte and each of the two modes it is enough to know the cheapest way that ends in that mode: what
    /// follows does not depend on how it was come by. Costs are in half bits, since a character of
    /// alphanumeric mode takes five and a half bits, rounded up at the run's end.
    private static func cheapestRuns(_ bytes: [UInt8], version: Int) -> [Run] {
        let modes = QRMode.allCases
        let headers = modes.map { 2 * $0.headerBits(version) }
        var costs = headers
        // For each byte and mode, the mode of the byte before it.
        var previous: [[Int]] = []
        for byte in bytes {
            var next: [Int] = []
            var origins: [Int] = []
            for (index, mode) in modes.enumerated() {
                let other = 1 - index
                let stay = costs[index]
                let change = (costs[other] + 1) / 2 * 2 + headers[index]
                let cost = mode.halfBits(of: byte).map { min(stay, change) + $0 }
                next.append(min(cost ?? unreachable, unreachable))
                origins.append(stay <= change ? index : other)
            }
            costs = next
            previous.append(origins)
        }
        return runs(costs[0] <= costs[1] ? 0 : 1, previous)
    }

    /// More than any text that fits costs, and far from overflow when a character is added to it.
    private static let unreachable = 1 << 40

    /// Follows the choices back from the end.
    private static func runs(_ last: Int, _ previous: [[Int]]) -> [Run] {
        var result: [Run] = []
        var end = previous.count
        var mode = last
        for at in previous.indices.reversed() {
            let before = previous[at][mode]
            if at == 0 || before != mode {
                result.append(Run(mode: QRMode.allCases[mode], range: at..<end))
                end = at
            }
            mode = before
        }
        return result.reversed()
    }
}
