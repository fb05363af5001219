import TCCore
import TCStore

@testable import TCData

/// What is broken on purpose, to see that the checker finds it.
enum Mutation: String, CaseIterable, Sendable {
    /// Changes leave the stamps as they are.
    case sameStamps
    /// Changes leave no mark while they go on.
    case noMarks
    /// Changes do not tell their position.
    case noPositions
    /// Messages are counted and not obeyed.
    case deafNodes
}

/// What may go wrong in a schedule. Each kind is what the cache promises to stand.
enum Trouble: String, CaseIterable, Sendable {
    /// Messages vanish, silently or told; nodes die; outcomes are unknown; the replica lags.
    case losses
    /// The shared cache forgets everything.
    case wipes
    /// The shared cache cannot be reached for a while.
    case outages
}

/// A database of some rows with a replica that lags, a shared cache, and nodes that read and write
/// through it; used on one thread.
final class ModelWorld: @unchecked Sendable {
    /// A change of a row, and from when on it must be seen.
    struct Acknowledged {
        let version: Int
        /// The node that was told; nil for a change that nobody need have been told of.
        let node: Int?
        let time: Double
    }

    static let rows = 2
    let shuffle: Shuffle
    let trouble: Trouble
    let mutation: Mutation?
    let options: ReadCacheOptions
    private(set) var shared: MemoryCache
    private(set) var nodes: [ModelNode] = []

    /// In seconds; all clocks show it.
    var time = 1000.0
    /// By position in the log, which row was changed to which version.
    private var log: [(row: Int, version: Int)] = []
    private var versions = [Int](repeating: 0, count: rows)
    /// How much of the log the replica has.
    var applied = 0
    var acknowledged = [[Acknowledged]](repeating: [], count: rows)
    /// Changes that may still happen.
    var changing = 0
    /// Tasks of readers and writers that have not ended.
    var working = 0
    /// Whether only readers are left, after everything else.
    var isLookingBack = false
    var isDown = false
    var failures: [String] = []
    var sources: [String: Int] = [:]

    /// Whether a node that lives has something to tell the shared cache.
    var isOwed: Bool { nodes.contains { !$0.isDead && !$0.cache.outage.debts.isEmpty } }
    var position: Int { log.count }
    var isOver: Bool { working == 0 && isLookingBack }

    init(seed: UInt64, trouble: Trouble, mutation: Mutation?) throws {
        shuffle = Shuffle(seed: seed)
        self.trouble = trouble
        self.mutation = mutation
        var options = ReadCacheOptions()
        options.window = .seconds(1)
        options.longestChange = .seconds(30)
        options.settling = .seconds(5)
        options.localEntries = 2
        self.options = options
        shared = try ModelWorld.newCache()
        for number in 0..<3 { nodes.append(try ModelNode(number, in: self)) }
    }

    private static func newCache() throws -> MemoryCache {
        // Nothing expires: marks have their own time, and the clock of the engine is the world's.
        try MemoryCache(
            seams: Seams(now: { Instant(milliseconds: 0) }, uptime: { 0 }, random: { 0 }))
    }

    var seams: Seams {
        Seams(
            now: { [unowned self] in Instant(milliseconds: Int64(time * 1000)) },
            uptime: { [unowned self] in time }, random: { [unowned self] in shuffle.word() })
    }

    /// The shared cache has lost everything.
    func wipe() throws { shared = try ModelWorld.newCache() }

    func commit(_ row: Int) -> (version: Int, position: Int) {
        versions[row] += 1
        log.append((row, versions[row]))
        // Whether anybody is told or not: when its mark has run out, it must be seen.
        acknowledged[row].append(
            Acknowledged(
                version: versions[row], node: nil, time: time + options.longestChange.inSeconds))
        return (versions[row], log.count)
    }

    /// What is read at the primary, or at the replica as far as it has come.
    func state(upTo position: Int) -> [Int] {
        log[..<position].reduce(into: [Int](repeating: 0, count: ModelWorld.rows)) {
            $0[$1.row] = $1.version
        }
    }

    /// The least version of `row` that a read may give which begins now at `node`.
    func required(_ row: Int, at node: Int) -> Int {
        acknowledged[row].filter { one in
            one.node == node || one.time < time - options.window.inSeconds
        }.map(\.version).max() ?? 0
    }
}
