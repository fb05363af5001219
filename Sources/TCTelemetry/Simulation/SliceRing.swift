import Glibc

/// The pieces of work of a run between the threads that generate and the one that writes.
///
/// A piece may begin when its buffer in the ring is free and the same slice's piece of the batch
/// before is done. Pieces are taken in the order in which they are written, so the oldest unwritten
/// piece can always go on and the ring cannot lock up.
///
/// `@unchecked Sendable`: all variables are touched under `lock`, but for a slice and a buffer,
/// which belong to the one thread that has taken the piece until it is marked done, and then to the
/// writer.
final class SliceRing: @unchecked Sendable {
    private let plan: FleetPlan
    private let layout: SliceLayout
    private let slices: [FleetSlice]
    private let pieces: [Piece]
    private let total: Int64

    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let changed: UnsafeMutablePointer<pthread_cond_t>
    private var taken: Int64 = 0
    private var written: Int64 = 0
    private var isStopped = false
    /// Batches that each slice has done.
    private var done: [Int64]

    /// A buffer of the ring and where in it each tick ends.
    private final class Piece {
        let buffer: LineBuffer
        var tickEnds: [Int] = []
        init(capacity: Int) { buffer = LineBuffer(capacity: capacity) }
    }

    init(_ plan: FleetPlan, layout: SliceLayout) {
        self.plan = plan
        self.layout = layout
        let world = World()
        slices = layout.slices.map { FleetSlice($0, plan: plan, world: world) }
        done = [Int64](repeating: 0, count: slices.count)
        total = layout.batches * Int64(slices.count)
        // Two batches of a small fleet, whose ticks are put together from all its slices; a large
        // fleet needs only enough for the threads not to wait for each other.
        let depth = layout.ticksPerBatch > 1 ? slices.count * 2 : 8
        pieces = (0..<depth).map { _ in Piece(capacity: 320 << 10) }
        lock = .allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
        changed = .allocate(capacity: 1)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_mutex_destroy(lock)
        pthread_cond_destroy(changed)
        lock.deallocate()
        changed.deallocate()
    }

    /// What has been written; to be asked when all threads have ended.
    func summary() -> SimulationSummary {
        slices.reduce(into: SimulationSummary()) { $0 += $1.summary }
    }

    /// Takes pieces until there are none.
    func generate() {
        while let number = take() {
            let slice = Int(number % Int64(slices.count))
            let batch = number / Int64(slices.count)
            let piece = pieces[Int(number % Int64(pieces.count))]
            piece.buffer.removeAll()
            piece.tickEnds.removeAll(keepingCapacity: true)
            let first = batch * layout.ticksPerBatch
            for tick in first..<min(first + layout.ticksPerBatch, plan.ticks) {
                slices[slice].advance(tick: tick, into: piece.buffer)
                piece.tickEnds.append(piece.buffer.count)
            }
            pthread_mutex_lock(lock)
            done[slice] = batch + 1
            pthread_cond_broadcast(changed)
            pthread_mutex_unlock(lock)
        }
    }

    private func take() -> Int64? {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        guard taken < total, !isStopped else { return nil }
        let number = taken
        taken += 1
        let slice = Int(number % Int64(slices.count))
        let batch = number / Int64(slices.count)
        while number >= written + Int64(pieces.count) || done[slice] < batch {
            if isStopped { return nil }
            pthread_cond_wait(changed, lock)
        }
        return isStopped ? nil : number
    }

    /// Lets the generating threads end.
    func stop() {
        pthread_mutex_lock(lock)
        isStopped = true
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(lock)
    }

    /// Writes every batch as soon as its pieces are done.
    func deliver(_ write: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
        if layout.ticksPerBatch == 1 {
            for number in 0..<total {
                try write(wait(for: number).buffer.bytes)
                release(upTo: number + 1)
            }
            return
        }
        let whole = LineBuffer(capacity: 1 << 20)
        for batch in 0..<layout.batches {
            let first = batch * Int64(slices.count)
            let parts = (0..<Int64(slices.count)).map { wait(for: first + $0) }
            whole.removeAll()
            for tick in parts[0].tickEnds.indices {
                for part in parts {
                    let start = tick == 0 ? 0 : part.tickEnds[tick - 1]
                    whole.append(
                        UnsafeBufferPointer(
                            rebasing: part.buffer.bytes[start..<part.tickEnds[tick]]))
                }
            }
            try write(whole.bytes)
            release(upTo: first + Int64(slices.count))
        }
    }

    private func wait(for number: Int64) -> Piece {
        let slice = Int(number % Int64(slices.count))
        let batch = number / Int64(slices.count)
        pthread_mutex_lock(lock)
        while done[slice] <= batch { pthread_cond_wait(changed, lock) }
        pthread_mutex_unlock(lock)
        return pieces[Int(number % Int64(pieces.count))]
    }

    private func release(upTo number: Int64) {
        pthread_mutex_lock(lock)
        written = number
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(lock)
    }
}
