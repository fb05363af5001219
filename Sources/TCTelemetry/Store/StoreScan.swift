import Glibc
import Synchronization
import TCCore

extension StoreSnapshot {
    /// Visits the rows that `request` asks for on several threads.
    ///
    /// The vehicles are cut into shards; each shard has its own visitor, and finished visitors are
    /// delivered on the caller's thread in the order of their vehicles. At most a few finished
    /// shards wait, so a slow `deliver` slows the scan instead of filling memory. Files that cannot
    /// be read are told of in `failures`, and the rest is visited.
    public func scan<V: VehicleVisitor>(
        _ request: ScanRequest, workers: Int, makeVisitor: @Sendable () -> V,
        deliver: (V) throws -> Void
    ) throws {
        try scan(
            request, workers: workers, shardRows: nil, makeVisitor: makeVisitor, deliver: deliver)
    }

    /// The same with shards of about `shardRows` rows.
    func scan<V: VehicleVisitor>(
        _ request: ScanRequest, workers: Int, shardRows: Int?, makeVisitor: @Sendable () -> V,
        deliver: (V) throws -> Void
    ) throws {
        let plan = try plan(request, workers: workers)
        let shards = cut(plan, workers: workers, rows: shardRows)
        if workers == 1 || shards.count <= 1 {
            let reader = ShardReader(snapshot: self, plan: plan, request: request)
            for shard in shards {
                var visitor = makeVisitor()
                try reader.read(shard, &visitor)
                try deliver(visitor)
            }
            return
        }
        let queue = ShardQueue<V>(count: shards.count, lookAhead: workers * 2)
        var failure: (any Error)?
        try withoutActuallyEscaping(makeVisitor) { makeVisitor in
            try Workers.run(
                workers,
                { _ in
                    let reader = ShardReader(snapshot: self, plan: plan, request: request)
                    while let shard = queue.take() {
                        do {
                            var visitor = makeVisitor()
                            try reader.read(shards[shard], &visitor)
                            queue.finish(shard, .success(visitor))
                        } catch {
                            queue.finish(shard, .failure(error))
                        }
                    }
                },
                meanwhile: {
                    for shard in 0..<shards.count {
                        do {
                            try deliver(try queue.result(of: shard).get())
                        } catch {
                            failure = error
                            queue.cancel()
                            return
                        }
                    }
                })
        }
        if let failure { throw failure }
    }

    /// Visits the rows that `request` asks for with one visitor, in the order of vehicle and time.
    /// Memory does not grow with the rows.
    public func scanInOrder<V: VehicleVisitor>(_ request: ScanRequest, visitor: inout V) throws {
        let plan = try plan(request, workers: Workers.processorCount)
        let reader = ShardReader(snapshot: self, plan: plan, request: request)
        try reader.read(0..<plan.vehicleCount, &visitor)
    }

    func plan(_ request: ScanRequest, workers: Int) throws -> ScanPlan {
        let chosen = request.vehicles.map { vehicles in
            Set(vehicles).map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
        }
        let runs = Mutex([ScanPlan.FileRuns](repeating: .none, count: files.count))
        let places = Mutex([[PlaceBounds]?](repeating: nil, count: files.count))
        let harshRows = Mutex([HarshRows?](repeating: nil, count: files.count))
        let harshLimits = request.matching.flatMap { HarshRows.covers($0) ? $0.limits : nil }
        let next = Atomic(0)
        try Workers.run(max(1, min(workers, files.count))) { _ in
            while true {
                let file = next.add(1, ordering: .relaxed).oldValue
                guard file < files.count else { return }
                do {
                    let index = try VehicleIndex.read(files[file])
                    let found = try chosen.map { try index.find($0) }
                    if request.places != nil {
                        let bounds = try PlaceIndex.read(files[file], runs: index.count)
                        places.withLock { $0[file] = bounds }
                    }
                    if harshLimits != nil {
                        let rows = try HarshRows.read(files[file])
                        harshRows.withLock { $0[file] = rows }
                    }
                    runs.withLock { $0[file] = found.map { .chosen($0) } ?? .all(index) }
                } catch let fault as VehicleRunCursor.Fault {
                    failures.add(files[file].file.path, fault.of(files[file]))
                } catch {
                    failures.add(files[file].file.path, error)
                }
            }
        }
        let placeFilter = request.places.map {
            PlaceFilter(boxes: $0, files: places.withLock { $0 })
        }
        let harshFilter = harshLimits.map { HarshFilter($0, harshRows.withLock { $0 }) }
        var readable = runs.withLock { $0 }
        while true {
            do {
                return try ScanPlan(
                    runs: readable, chosen: chosen, places: placeFilter, harsh: harshFilter,
                    request: request)
            } catch {
                // Begun again without it: some of its runs are in the plan already.
                failures.add(files[error.file].file.path, error.fault.of(files[error.file]))
                readable[error.file] = .none
            }
        }
    }

    /// Cuts the vehicles where about equal numbers of rows lie between.
    private func cut(_ plan: ScanPlan, workers: Int, rows: Int?) -> [Range<Int>] {
        let total = plan.rowsBefore(plan.vehicleCount)
        let size = rows ?? max(65_536, min(1_048_576, total / (2 * workers)))
        var shards: [Range<Int>] = []
        var start = 0
        for vehicle in 0..<plan.vehicleCount
        where plan.rowsBefore(vehicle + 1) - plan.rowsBefore(start) >= size
            || vehicle + 1 == plan.vehicleCount
        {
            shards.append(start..<vehicle + 1)
            start = vehicle + 1
        }
        return shards
    }
}

/// Hands shards to workers and their results back in order.
///
/// `@unchecked Sendable`: all state is guarded by `mutex`, and a visitor is handed from the one
/// worker that made it to the one thread that delivers it.
private final class ShardQueue<V>: @unchecked Sendable {
    private let count: Int
    private let lookAhead: Int
    private var mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private var changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var next = 0
    private var delivered = 0
    private var results: [Int: Result<V, any Error>] = [:]

    init(count: Int, lookAhead: Int) {
        self.count = count
        self.lookAhead = lookAhead
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    /// The next shard to read; nil when there is none. Waits while too many results do.
    func take() -> Int? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while next < count, next >= delivered + lookAhead { pthread_cond_wait(changed, mutex) }
        guard next < count else { return nil }
        next += 1
        return next - 1
    }

    func finish(_ shard: Int, _ result: Result<V, any Error>) {
        pthread_mutex_lock(mutex)
        results[shard] = result
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }

    /// Waits for the result of a shard. Shards must be asked for in order.
    func result(of shard: Int) -> Result<V, any Error> {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = results.removeValue(forKey: shard) {
                delivered = shard + 1
                pthread_cond_broadcast(changed)
                return result
            }
            pthread_cond_wait(changed, mutex)
        }
    }

    /// No further shard is handed out.
    func cancel() {
        pthread_mutex_lock(mutex)
        next = count
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }
}
