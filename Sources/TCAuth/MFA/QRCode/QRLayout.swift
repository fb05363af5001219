/// What a version and a correction level fix: the side, where patterns stand, and how the codewords
/// are shared out among data and correction (ISO/IEC 18004, tables 1, 9 and E.1).
struct QRLayout {
    /// 1 to 40.
    let version: Int
    let correction: QRCode.Correction

    /// Modules along a side.
    var size: Int { 17 + 4 * version }

    /// How many codewords of eight modules the version holds, for data and correction together.
    var codewordCount: Int {
        let centres = alignmentCentres.count
        // What is left of the square beside the three finders with their borders, the two timing
        // lines, and the two copies of the format with the dark module.
        var modules = size * size - 3 * 64 - 2 * (size - 16) - 31
        // Three of the crossings lie in finders, and those on a timing line share five modules with it.
        if centres > 0 { modules -= (centres * centres - 3) * 25 - 2 * (centres - 2) * 5 }
        if hasVersionField { modules -= 2 * 18 }
        return modules / 8
    }

    var dataCodewordCount: Int { codewordCount - blockCount * correctionPerBlock }

    /// Codewords of correction in each block.
    var correctionPerBlock: Int {
        Int(QRLayout.correctionPerBlock[correction.rawValue][version - 1])
    }

    var blockCount: Int { Int(QRLayout.blockCount[correction.rawValue][version - 1]) }

    /// Smaller versions are told by their size alone.
    var hasVersionField: Bool { version >= 7 }

    /// The columns, which are the rows too, at whose crossings alignment patterns have their centres.
    var alignmentCentres: [Int] {
        guard version > 1 else { return [] }
        let count = version / 7 + 2
        // The same even distance between all but the first two, as near as it goes to equal parts;
        // version 32 is the one exception in the table.
        let step = version == 32 ? 26 : ((size - 13) + (2 * count - 3)) / (2 * count - 2) * 2
        return [6] + (0..<count - 1).reversed().map { size - 7 - $0 * step }
    }

    /// The codewords in the order in which they are drawn: data is cut into blocks, each gets its
    /// correction, and the blocks are dealt out one codeword at a time, so that damage in one place
    /// spreads over all.
    func interleaved(_ data: [UInt8]) -> [UInt8] {
        precondition(data.count == dataCodewordCount)
        let code = ReedSolomon(degree: correctionPerBlock)
        let shortLength = data.count / blockCount
        // The last blocks are one longer, where the codewords do not come out even.
        let shortCount = blockCount - data.count % blockCount
        var blocks: [ArraySlice<UInt8>] = []
        var rest = data[...]
        for index in 0..<blockCount {
            let length = index < shortCount ? shortLength : shortLength + 1
            blocks.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        let corrections = blocks.map(code.remainder)
        var result: [UInt8] = []
        result.reserveCapacity(codewordCount)
        for at in 0...shortLength {
            for block in blocks where at < block.count {
                result.append(block[block.startIndex + at])
            }
        }
        for at in 0..<correctionPerBlock { result += corrections.map { $0[at] } }
        return result
    }

    // By correction level, then by version from 1.
    private static let correctionPerBlock: [[UInt8]] = [
        [
            7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28,
            28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
        ],
        [
            10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
            26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        ],
        [
            13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30,
            28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
        ],
        [
            17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28,
            30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
        ],
    ]
    private static let blockCount: [[UInt8]] = [
        [
            1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8,
            8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25,
        ],
        [
            1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16,
            17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
        ],
        [
            1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20,
            23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68,
        ],
        [
            1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25,
            25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81,
        ],
    ]
}
