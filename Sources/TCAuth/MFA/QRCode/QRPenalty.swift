/// How hard a picture is to read (ISO/IEC 18004, section 7.8.3.1): long runs and blocks of one colour,
/// what looks like a finder, and much more of one colour than of the other all count.
func qrPenalty(_ modules: QRGrid) -> Int {
    let size = modules.size
    var penalty = 0
    for line in 0..<size {
        penalty += linePenalty((0..<size).map { modules[$0, line] })
        penalty += linePenalty((0..<size).map { modules[line, $0] })
    }
    var darkCount = 0
    for row in 0..<size {
        for column in 0..<size {
            let isDark = modules[column, row]
            if isDark { darkCount += 1 }
            guard column + 1 < size, row + 1 < size else { continue }
            let isBlock =
                modules[column + 1, row] == isDark && modules[column, row + 1] == isDark
                && modules[column + 1, row + 1] == isDark
            if isBlock { penalty += 3 }
        }
    }
    // Ten for each whole 5 % by which the dark share is off the half.
    return penalty + 10 * (abs(20 * darkCount - 10 * size * size) / (size * size))
}

/// Runs of five and more, and dark-light 1:1:3:1:1 with four light modules on either side, in a row or
/// a column. Outside of the code all is light.
private func linePenalty(_ line: [Bool]) -> Int {
    var penalty = 0
    var runs: [Int] = []
    var start = 0
    for at in 1...line.count where at == line.count || line[at] != line[start] {
        runs.append(at - start)
        if at - start >= 5 { penalty += at - start - 2 }
        start = at
    }
    // From here on even runs are light and odd ones dark, and both ends are light.
    if line[0] { runs.insert(0, at: 0) }
    if runs.count % 2 == 0 { runs.append(0) }
    runs[0] += QRCode.margin
    runs[runs.count - 1] += QRCode.margin
    for at in stride(from: 1, to: runs.count - 5, by: 2) {
        let unit = runs[at]
        let isFinder =
            runs[at + 1] == unit && runs[at + 2] == 3 * unit && runs[at + 3] == unit
            && runs[at + 4] == unit
        guard isFinder else { continue }
        if runs[at - 1] >= 4 * unit { penalty += 40 }
        if runs[at + 5] >= 4 * unit { penalty += 40 }
    }
    return penalty
}
