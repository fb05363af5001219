import Synchronization
import TCCore
import TCStore

/// Values that were read, kept in this process (L1) and in a cache that all nodes share (L2), and never
/// older than the last change that was acknowledged.
///
/// The one thing that can go wrong is that a read fills the cache with what it saw before a change,
/// after the change has made the old entry invalid. So each tag has a record in the shared cache with a
/// stamp that a change replaces twice: when it begins, which also leaves a mark, and when it has ended,
/// which takes the mark away. An entry holds the stamps of its tags as they were before its value began
/// to be read, and is valid while they are the same; where one had a mark, the value is not kept. So
/// it makes no difference when the entry is put there. A change whose node dies, or whose outcome is
/// unknown, leaves its mark until no statement can be running any more; and after that only the primary
/// is read until a position is known that lies behind it (`Fence`), so that no replica that lags brings
/// back what was before.
///
/// What this process knows of the stamps is forgotten when a message tells of a change (`Hearing`);
/// entries whose stamps are not known are not given. On the node that made the change that has happened
/// when `write` returns; on others usually too, and at the latest `ReadCacheOptions.window` after.
///
/// What is not covered: where the shared cache forgets a change that it has acknowledged, as a cluster
/// does whose master dies before it has told its replica, entries from before may be given until
/// their age ends. And where one node cannot reach the shared cache while others can, those may be given
/// what was before its changes until it can.
///
/// ```swift
/// let cached = try await cache.read(
///     key: "vehicle:\(id)", tags: [.row(table: "vehicles", key: id)], maxAge: .seconds(60)
/// ) { fence in try await load(id, atLeast: fence) }
/// ```
public final class ReadCache: Sendable {
    let options: ReadCacheOptions
    let seams: Seams
    let isAlone: Bool
    let board: TagBoard
    let local: LocalEntries
    let tags: SharedTags
    let hearing: Hearing
    let outage: Outage
    /// The highest position of a change by this node, for while there are no records.
    let ownLSN = Atomic<UInt64>(0)
    let sharedCache: any Cache
    private let entries: SharedEntries
    private let flights = Flights()
    private let sharedHits = Atomic(0)
    private let misses = Atomic(0)
    private let joined = Atomic(0)
    private let refused = Atomic(0)

    /// - Parameter shared: the cache that all nodes share; nil for a process that works alone. With one,
    ///   `run` must be running for this process's own entries to be used.
    /// - Throws: `configuration` for options that contradict each other.
    public init(
        shared: (any Cache)?, seams: Seams, options: ReadCacheOptions = ReadCacheOptions()
    ) throws {
        try options.check()
        self.options = options
        self.seams = seams
        isAlone = shared == nil
        // Alone, the records are kept in memory by the same rules; values only once.
        sharedCache = try shared ?? MemoryCache(seams: seams)
        board = TagBoard(limit: 4 * options.localEntries)
        local = LocalEntries(entries: options.localEntries, bytes: options.localBytes)
        tags = SharedTags(sharedCache, options: options, seams: seams)
        entries = SharedEntries(sharedCache, options: options)
        hearing = Hearing(window: isAlone ? nil : options.window.inSeconds)
        outage = Outage(settling: options.settling.inSeconds)
    }

    /// The value under `key`, from the nearest place that has one that is valid and young enough; `load`
    /// reads it where none has.
    ///
    /// Many who ask for one key at once wait for one of them. Where that one is cancelled, another loads;
    /// where it fails, all fail, and nothing is kept.
    ///
    /// - Parameters:
    ///   - key: names the value among all of the cache's space; any length.
    ///   - tags: what the value is made of, at most 32, the same for one key always.
    ///   - maxAge: what age will do; nothing is given that is older than `ReadCacheOptions.mostAge`.
    ///     Zero or less: the value is loaded.
    ///   - load: reads the value, where the fence is satisfied.
    /// - Throws: what `load` throws; `bad_input` for too many tags; `bug` where `load` read from a place
    ///   that does not satisfy the fence. A shared cache that fails is no error.
    public func read(
        key: String, tags: [CacheTag], maxAge: Duration, load: (Fence) async throws -> Loaded
    ) async throws -> Cached {
        let maxAge = min(maxAge, options.mostAge)
        if let hit = localHit(key, maxAge) { return hit }
        let cells = board.cells(try CacheTag.namesRead(tags))
        while true {
            let now = seams.uptime()
            let new = Flight(beganAt: now, maxAge: maxAge, cells: cells)
            let flight = flights.joined(key, or: new) { other in
                // What it reads may be older than this read, so no change may lie between.
                other.maxAge <= maxAge && other.isUnchanged
                    && (hearing.isCurrent(at: now)
                        || now - other.beganAt <= options.window.inSeconds)
            }
            guard flight === new else {
                joined.add(1, ordering: .relaxed)
                if let cached = try await flight.value() { return cached }
                continue
            }
            do {
                let cached = try await find(key, cells, maxAge, load)
                flights.end(key, flight, .success(cached))
                return cached
            } catch {
                flights.end(key, flight, Task.isCancelled ? .success(nil) : .failure(error))
                throw error
            }
        }
    }

    /// The statistics, added up over what is counted apart; not of one moment.
    public var statistics: ReadCacheStatistics {
        var statistics = ReadCacheStatistics()
        if !isAlone {
            statistics.mode = outage.reason(at: seams.uptime()).map { .bypassed($0) } ?? .shared
        }
        statistics.sharedHits = sharedHits.load(ordering: .relaxed)
        statistics.misses = misses.load(ordering: .relaxed)
        statistics.shared = joined.load(ordering: .relaxed)
        statistics.fillsRefused = refused.load(ordering: .relaxed)
        local.count(into: &statistics)
        return statistics
    }

    // MARK: Finding

    private func localHit(_ key: String, _ maxAge: Duration) -> Cached? {
        let now = seams.uptime()
        guard maxAge > .zero, hearing.isCurrent(at: now),
            let entry = local.hit(key, notBefore: now - maxAge.inSeconds)
        else { return nil }
        return Cached(
            value: entry.value, source: .l1, age: .seconds(now - entry.readAt), lsn: entry.lsn)
    }

    private func find(
        _ key: String, _ cells: [TagCell], _ maxAge: Duration,
        _ load: (Fence) async throws -> Loaded
    ) async throws -> Cached {
        // Another may have ended just before this one began.
        if let hit = localHit(key, maxAge) { return hit }
        guard outage.reason(at: seams.uptime()) == nil else {
            return try await bypass(load)
        }
        let look: Look
        do {
            if !isAlone, maxAge > .zero, let hit = try await sharedHit(key, cells, maxAge) {
                return hit
            }
            look = try await self.look(at: cells)
        } catch {
            outage.note(error, at: seams.uptime())
            return try await bypass(load)
        }
        let (began, readAt) = (seams.uptime(), seams.now())
        let loaded = try await loaded(look.fence, load)
        if look.isChanging || loaded.value.count > options.valueBytes {
            refused.add(1, ordering: .relaxed)
        } else if maxAge > .zero {
            let entry = LocalEntry(
                value: loaded.value, lsn: loaded.lsn, readAt: began, cells: cells,
                stamps: look.records.map(\.stamp))
            local.insert(key, entry)
            await share(key, entry, readAt: readAt, maxAge)
        }
        await settle(look, cells, loaded)
        return Cached(
            value: loaded.value, source: .loader(loaded.origin),
            age: .seconds(max(0, seams.uptime() - began)), lsn: loaded.lsn)
    }

    /// While the shared cache is not used, nothing is known of others' changes, and nothing is kept.
    private func bypass(_ load: (Fence) async throws -> Loaded) async throws -> Cached {
        let began = seams.uptime()
        let own = ownLSN.load(ordering: .relaxed)
        let loaded = try await loaded(
            Fence(leastLSN: own == 0 ? nil : own, needsPrimary: false, isPartial: true), load)
        return Cached(
            value: loaded.value, source: .loader(loaded.origin),
            age: .seconds(max(0, seams.uptime() - began)), lsn: loaded.lsn)
    }

    private func loaded(
        _ fence: Fence, _ load: (Fence) async throws -> Loaded
    ) async throws -> Loaded {
        misses.add(1, ordering: .relaxed)
        let loaded = try await load(fence)
        guard fence.admits(loaded) else {
            throw TCError(
                .bug,
                "a value for the cache was read from \(loaded.origin) at "
                    + "\(loaded.lsn.map(String.init) ?? "an unknown position"), where "
                    + (fence.needsPrimary
                        ? "the primary" : "position \(fence.leastLSN ?? 0) or later")
                    + " was asked for")
        }
        return loaded
    }

    // MARK: The shared cache

    /// What the records of a read's tags said before it began.
    private struct Look {
        let records: [TagRecord]
        var isChanging: Bool { records.contains(where: \.isChanging) }

        var fence: Fence {
            let lsn = records.map(\.lsn).max() ?? 0
            return Fence(
                leastLSN: lsn == 0 ? nil : lsn,
                needsPrimary: records.contains(where: \.isUncertain), isPartial: false)
        }
    }

    /// Asks for the records; what they say is known from then on, until a change is heard of.
    private func look(at cells: [TagCell]) async throws -> Look {
        let mayLearn = hearing.isListening
        let epochs = cells.map(\.epoch)
        let look = Look(records: try await tags.take(.look, on: cells.map(\.name)))
        for (index, record) in look.records.enumerated() where mayLearn && !record.isChanging {
            cells[index].learn(record.stamp, in: epochs[index])
        }
        return look
    }

    /// Asks for the entry and, in the same round trip, for the stamps that are not known.
    private func sharedHit(
        _ key: String, _ cells: [TagCell], _ maxAge: Duration
    ) async throws -> Cached? {
        let mayLearn = hearing.isListening
        let isCurrent = hearing.isCurrent(at: seams.uptime())
        let epochs = cells.map(\.epoch)
        var stamps = cells.map { isCurrent ? $0.stamp : 0 }
        let unknown = stamps.indices.filter { stamps[$0] == 0 }
        let found: SharedEntry?
        if unknown.isEmpty {
            found = try await entries.get(key)
        } else {
            async let entry = entries.get(key)
            let records = try await tags.glance(at: unknown.map { cells[$0].name })
            for case (let index, let record?) in zip(unknown, records) {
                stamps[index] = record.stamp
                if mayLearn, !record.isChanging {
                    cells[index].learn(record.stamp, in: epochs[index])
                }
            }
            found = try await entry
        }
        // A clock that is behind the one that wrote it makes nothing younger than new.
        guard let entry = found, entry.stamps == stamps,
            entry.tags == SharedEntry.hash(cells.map(\.name)),
            case let age = max(
                .zero, Duration.milliseconds(seams.now().milliseconds - entry.readAt.milliseconds)),
            age <= maxAge
        else { return nil }
        let now = seams.uptime()
        sharedHits.add(1, ordering: .relaxed)
        local.insert(
            key,
            LocalEntry(
                value: entry.value, lsn: entry.lsn, readAt: now - age.inSeconds, cells: cells,
                stamps: entry.stamps))
        return Cached(value: entry.value, source: .l2, age: age, lsn: entry.lsn)
    }

    private func share(
        _ key: String, _ entry: LocalEntry, readAt: Instant, _ maxAge: Duration
    ) async {
        guard !isAlone else { return }
        do {
            try await entries.put(
                key,
                SharedEntry(
                    tags: SharedEntry.hash(entry.cells.map(\.name)), readAt: readAt,
                    lsn: entry.lsn, stamps: entry.stamps, value: entry.value),
                expiresAfter: maxAge)
        } catch let error as TCError where error.kind == .badInput {
            // Longer than the shared cache takes.
            refused.add(1, ordering: .relaxed)
        } catch { outage.note(error, at: seams.uptime()) }
    }

    /// Where a change might have happened whose position is not known, it lies before this one.
    private func settle(_ look: Look, _ cells: [TagCell], _ loaded: Loaded) async {
        guard loaded.origin == .primary, let lsn = loaded.lsn else { return }
        do {
            for (record, cell) in zip(look.records, cells) where record.isUncertain {
                _ = try await tags.take(
                    .settle(lsn: lsn, seenAt: record.seenAt), on: [cell.name])
            }
        } catch { outage.note(error, at: seams.uptime()) }
    }
}

extension Duration {
    var inSeconds: Double { Double(milliseconds) / 1000 }
}
