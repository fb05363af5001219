import Synchronization

/// What this process knows of a tag's stamp, shared by all entries that depend on it, so that one
/// store makes them all invalid.
///
/// Whoever learns a stamp notes the epoch first and asks then: a change that is heard of meanwhile
/// begins another epoch, and what was learned is not taken.
final class TagCell: Sendable {
    let name: String
    private let known = Atomic<UInt64>(0)
    private let changes = Atomic<UInt64>(0)
    /// Held to write; every read of a value looks at both numbers, and must not wait for others.
    private let writing = Mutex(())

    init(name: String) { self.name = name }

    /// The stamp, 0 where it is not known.
    var stamp: UInt64 { known.load(ordering: .acquiring) }

    /// How often the stamp was forgotten.
    var epoch: UInt64 { changes.load(ordering: .acquiring) }

    /// Takes a stamp that was asked for in `epoch`, unless another has begun since.
    func learn(_ stamp: UInt64, in epoch: UInt64) {
        writing.withLock { _ in
            if self.epoch == epoch { known.store(stamp, ordering: .releasing) }
        }
    }

    func forget() {
        writing.withLock { _ in
            changes.add(1, ordering: .acquiringAndReleasing)
            known.store(0, ordering: .releasing)
        }
    }
}

/// The cells of this process, by tag name.
final class TagBoard: Sendable {
    private struct State {
        var cells: [String: TagCell] = [:]
        /// At so many, those that nobody uses are let go.
        var sweepsAt: Int
    }

    private let limit: Int
    private let state: Mutex<State>

    /// - Parameter limit: so many cells may stay although nobody uses them.
    init(limit: Int) {
        self.limit = limit
        state = Mutex(State(sweepsAt: limit))
    }

    /// The cells of these tags, made where there is none.
    func cells(_ names: [String]) -> [TagCell] {
        state.withLock { state in
            let cells = names.map { name in
                if let cell = state.cells[name] { return cell }
                let cell = TagCell(name: name)
                state.cells[name] = cell
                return cell
            }
            if state.cells.count > state.sweepsAt { sweep(&state) }
            return cells
        }
    }

    /// Forgets the stamps of these tags.
    func forget(_ names: [String]) {
        let cells = state.withLock { state in names.compactMap { state.cells[$0] } }
        for cell in cells { cell.forget() }
    }

    func forgetAll() {
        let cells = state.withLock { Array($0.cells.values) }
        for cell in cells { cell.forget() }
    }

    /// Lets go of cells that neither an entry nor a read holds: as many steps as there are cells, and
    /// not again before there are twice as many as are in use.
    private func sweep(_ state: inout State) {
        for name in Array(state.cells.keys) {
            guard var cell = state.cells.removeValue(forKey: name) else { continue }
            if !isKnownUniquelyReferenced(&cell) { state.cells[name] = cell }
        }
        state.sweepsAt = max(limit, 2 * state.cells.count)
    }
}
