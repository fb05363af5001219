import Synchronization
import TCCore

/// Whether the shared cache may be used, and what this node owes it.
///
/// A change that was made while the shared cache could not be reached must still make its entries
/// invalid when it is back. This node owes that; until it has told, and for a while in which the other
/// nodes can tell theirs, nothing is taken from the shared cache.
final class Outage: Sendable {
    private struct State {
        /// On the clock `Seams.uptime`.
        var usableFrom = -Double.infinity
        var reason: TCError?
        /// By the name of a record, which debt it is.
        var owed: [String: Int] = [:]
        var lastDebt = 0
    }

    /// So many records may be owed before it is everything.
    private static let mostOwed = 10_000

    private let settling: Double
    private let state = Mutex(State())
    /// As long as it is false, nothing else need be looked at.
    private let isTroubled = Atomic(false)

    /// - Parameter settling: in seconds.
    init(settling: Double) { self.settling = settling }

    /// Why the shared cache is not used now; nil where it is.
    func reason(at uptime: Double) -> TCError? {
        guard isTroubled.load(ordering: .acquiring) else { return nil }
        return state.withLock { state in
            if uptime >= state.usableFrom, state.owed.isEmpty {
                isTroubled.store(false, ordering: .releasing)
                return nil
            }
            return state.reason
                ?? TCError(.unavailable, "the shared cache has not been told of a change yet")
        }
    }

    /// The shared cache could not be reached, for this reason.
    func note(_ error: any Error, at uptime: Double) {
        state.withLock { state in
            isTroubled.store(true, ordering: .releasing)
            state.usableFrom = uptime + settling
            state.reason =
                (error as? TCError) ?? TCError(.unavailable, "the shared cache failed: \(error)")
        }
    }

    /// These records are to be raised, as soon as that can be done.
    func owe(_ names: [String]) {
        state.withLock { state in
            isTroubled.store(true, ordering: .releasing)
            state.lastDebt += 1
            for name in names { state.owed[name] = state.lastDebt }
            if state.owed.count > Outage.mostOwed {
                state.owed = [CacheTag.everything: state.lastDebt]
            }
        }
    }

    /// What is owed, to be handed to `paid`.
    var debts: [String: Int] { state.withLock { $0.owed } }

    /// These were raised; what has come to be owed again meanwhile still is.
    func paid(_ debts: [String: Int]) {
        state.withLock { state in
            for (name, debt) in debts where state.owed[name] == debt { state.owed[name] = nil }
        }
    }
}
