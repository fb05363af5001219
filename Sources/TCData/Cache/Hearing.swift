import Synchronization

/// Whether this process has heard of every change, and until when that may be relied on.
///
/// Messages are numbered over all nodes. Now and then the number of the newest is asked for at the
/// shared cache; when all messages up to it have been heard, whatever this process knows was current
/// at the moment of asking, and may be relied on for a window from then. So neither a message that is
/// lost without a word, nor a node that dies between its change and its message, nor a connection that
/// hangs, lets anything be relied on for longer. Where a message stays away, all is forgotten and
/// begins anew.
final class Hearing: Sendable {
    /// What is to be done about the number of the newest message.
    enum Verdict: Equatable, Sendable {
        case nothing
        /// Forget everything, then `begin`.
        case reset
    }

    private struct State {
        var isSubscribed = false
        var upTo: Int64 = 0
        /// Numbers above `upTo` that came before those in between.
        var ahead: Set<Int64> = []
        /// The oldest number that was asked for and not reached, and when.
        var behind: (number: Int64, askedAt: Double)?
        /// Counts losses: what was begun before one is not ended after it.
        var session = 0
    }

    /// So many messages may be ahead of one that is missing.
    private static let mostAhead = 4096

    private let window: Double
    private let state = Mutex(State())
    /// Every message after `upTo` is accounted for. Written under the state's lock.
    private let listening = Atomic(false)
    /// The bits of the moment, on the clock `Seams.uptime`, up to which what is known may be relied on.
    private let lease = Atomic((-Double.infinity).bitPattern)

    /// - Parameter window: in seconds; nil for a process that hears itself alone.
    init(window: Double?) {
        self.window = window ?? .infinity
        guard window == nil else { return }
        listening.store(true, ordering: .releasing)
        lease.store(Double.infinity.bitPattern, ordering: .releasing)
    }

    func isCurrent(at uptime: Double) -> Bool {
        uptime < Double(bitPattern: lease.load(ordering: .acquiring))
    }

    /// Whether a stamp that was just asked for will be forgotten when it changes.
    var isListening: Bool { listening.load(ordering: .acquiring) }

    var session: Int { state.withLock { $0.session } }

    /// Messages arrive from now on.
    func subscribed() { state.withLock { $0.isSubscribed = true } }

    /// Messages may be missing; who calls this forgets everything next.
    func lost() {
        state.withLock {
            $0.isSubscribed = false
            deafen(&$0)
        }
    }

    /// A message was heard, and what it names forgotten.
    func note(_ number: Int64) {
        state.withLock { state in
            guard state.isSubscribed, number > state.upTo || !isListening else { return }
            state.ahead.insert(number)
            if isListening { advance(&state) }
            if state.ahead.count > Hearing.mostAhead { deafen(&state) }
        }
    }

    /// The number up to which all messages have been heard, to be handed to `confirm`.
    var position: Int64 { state.withLock { $0.upTo } }

    /// The shared cache said that the newest message has `number`; when it was asked it was `askedAt`,
    /// and all messages up to `position` had been heard.
    func confirm(_ number: Int64, askedAt: Double, position: Int64) -> Verdict {
        state.withLock { state in
            guard state.isSubscribed else { return .nothing }
            // A number that goes back is one that has lost its memory.
            guard isListening, number >= position else { return .reset }
            if state.upTo >= number {
                extend(from: askedAt)
                state.behind = nil
            } else if let behind = state.behind {
                if state.upTo >= behind.number {
                    extend(from: behind.askedAt)
                    state.behind = (number, askedAt)
                } else if askedAt - behind.askedAt > window / 2 {
                    return .reset
                }
            } else {
                state.behind = (number, askedAt)
            }
            return .nothing
        }
    }

    /// Everything is forgotten, and the newest message then had `number`. Does nothing where messages
    /// were lost since `session`.
    func begin(at number: Int64, askedAt: Double, in session: Int) {
        state.withLock { state in
            guard state.isSubscribed, state.session == session else { return }
            state.upTo = number
            state.ahead = state.ahead.filter { $0 > number }
            state.behind = nil
            advance(&state)
            listening.store(true, ordering: .releasing)
            extend(from: askedAt)
        }
    }

    private func extend(from moment: Double) {
        lease.store((moment + window).bitPattern, ordering: .releasing)
    }

    private func advance(_ state: inout State) {
        while state.ahead.remove(state.upTo + 1) != nil { state.upTo += 1 }
    }

    private func deafen(_ state: inout State) {
        lease.store((-Double.infinity).bitPattern, ordering: .releasing)
        listening.store(false, ordering: .releasing)
        state.ahead = []
        state.behind = nil
        state.session += 1
    }
}
