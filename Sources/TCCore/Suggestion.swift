/// The word of `candidates` that was probably meant by `word`; nil where none is near.
///
/// Near is at most a third of the letters wrong (at least one, two for words of four letters), or a
/// beginning of the word: `sim` for `simulate`.
public func nearest(to word: String, in candidates: [String]) -> String? {
    let limit = max(1, min(3, (word.count + 2) / 3))
    let scored = candidates.map { (name: $0, distance: editDistance(word, $0)) }
    if let best = scored.min(by: { $0.distance < $1.distance }), best.distance <= limit {
        return best.name
    }
    guard word.count >= 2 else { return nil }
    let beginnings = candidates.filter { $0.hasPrefix(word) }
    return beginnings.count == 1 ? beginnings[0] : nil
}

/// How many letters must be inserted, removed, changed or swapped with their neighbour to make one
/// word of the other (the optimal string alignment distance).
func editDistance(_ a: String, _ b: String) -> Int {
    let a = Array(a.utf8)
    let b = Array(b.utf8)
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
        var row = [i] + [Int](repeating: 0, count: b.count)
        for j in 1...b.count {
            let change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
            row[j] = min(last[j] + 1, row[j - 1] + 1, change)
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                row[j] = min(row[j], beforeLast[j - 2] + 1)
            }
        }
        beforeLast = last
        last = row
    }
    return last[b.count]
}
