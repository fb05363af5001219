import TCCore
import TCStore

/// What is known of the servers of a cluster, and what follows from it: who takes writes, and who may
/// answer which reads. It asks nobody and reads no clock.
///
/// A primary is a server that says it is no standby, on the highest timeline that anybody has ever
/// been seen on. So one that was replaced by a promotion gets no write when it comes back, until it
/// follows the new one. Two on the same timeline were promoted beside each other by mistake; then
/// nobody gets a write, since either choice may be the wrong one.
///
/// How far a replica is behind is told by positions alone, so clocks need not agree: it has everything
/// that had been committed when the primary's log went as far as the replica has replayed. Where the
/// primary writes nothing, replicas have all of its log, however long ago the last change was.
struct ClusterView {
    private struct Member {
        let name: String
        /// The last that it said.
        var state: ServerState?
        /// Whether it has answered, or failed to.
        var wasAsked = false
        /// Why it does not answer; nil where it does.
        var problem: String? = "it has not answered yet"
    }

    private var members: [Member]
    private var highestTimeline = 0
    private var systemIdentifier: Int64?
    /// Of what the history is.
    private var writer: (member: Int, timeline: Int)?
    private var history = LogHistory()

    init(names: [String]) { members = names.map { Member(name: $0) } }

    // MARK: What is heard

    /// - Parameter asked: when the question went out, as `uptime`.
    mutating func heard(_ state: ServerState, from index: Int, asked: Double) {
        // The first that answers says which database this is about.
        let identifier = systemIdentifier ?? state.systemIdentifier
        systemIdentifier = identifier
        members[index].state = state
        members[index].wasAsked = true
        guard state.systemIdentifier == identifier else {
            members[index].problem = "it holds another database than the others"
            return
        }
        members[index].problem = nil
        highestTimeline = max(highestTimeline, state.timeline)
        guard primary == index, let lsn = state.lsn else { return }
        if writer.map({ $0 != (index, state.timeline) }) ?? true {
            writer = (index, state.timeline)
            history = LogHistory()
        }
        history.note(lsn, at: asked)
    }

    /// - Parameter problem: why it gave no answer.
    mutating func missed(_ index: Int, _ problem: String) {
        members[index].wasAsked = true
        members[index].problem = problem
    }

    // MARK: What follows

    private func claims(_ index: Int) -> Bool {
        guard members[index].problem == nil, let state = members[index].state else { return false }
        return !state.isStandby && state.timeline == highestTimeline
    }

    /// Who takes writes; nil where nobody may.
    var primary: Int? {
        let claimants = members.indices.filter(claims)
        return claimants.count == 1 ? claimants[0] : nil
    }

    /// The primary, also while it does not answer, until there is another one.
    var lastPrimary: Int? { writer?.member }

    func name(of index: Int) -> String { members[index].name }

    /// Whether the last question to a member was answered.
    func answers(_ index: Int) -> Bool { members[index].problem == nil }

    /// The replicas that keep `bound`.
    func readers(_ bound: ReadBound, now: Double) -> [Int] {
        let maxLag = Double(bound.maxLag.milliseconds) / 1000
        return members.indices.filter { index in
            guard members[index].problem == nil, let lsn = members[index].state?.lsn,
                let covered = covered(index)
            else { return false }
            return now - covered <= maxLag && bound.minLSN.map { $0 <= lsn } ?? true
        }
    }

    /// The moment up to which a replica of the primary's timeline has everything.
    private func covered(_ index: Int) -> Double? {
        guard let state = members[index].state, state.isStandby, let lsn = state.lsn,
            state.timeline == writer?.timeline
        else { return nil }
        return history.moment(coveredBy: lsn)
    }

    /// How far a member was behind when the primary was asked last.
    func lag(of index: Int) -> Duration? {
        if index == primary { return .zero }
        guard let covered = covered(index), let latest = history.latest else { return nil }
        return .milliseconds(Int64(((latest - covered) * 1000).rounded(.up)))
    }

    /// Why a member is not used; nil where it is.
    func problem(of index: Int) -> String? {
        let member = members[index]
        if member.problem != nil { return member.problem }
        guard let state = member.state else { return nil }
        if state.timeline < highestTimeline {
            return state.isStandby
                ? "it follows timeline \(state.timeline), and the newest is \(highestTimeline)"
                : "it writes timeline \(state.timeline), and the newest is \(highestTimeline): "
                    + "it gets no writes until it follows the new primary"
        }
        let others = members.indices.filter { $0 != index && claims($0) }.map { members[$0].name }
        guard claims(index), !others.isEmpty else { return nil }
        return "it and \(others.joined(separator: ", ")) both claim to be the primary of "
            + "timeline \(state.timeline): all but one of them must become standbys"
    }

    /// What is known of a member.
    func status(of index: Int, pool: PoolStatus?) -> MemberStatus {
        let member = members[index]
        return MemberStatus(
            name: member.name,
            role: member.state.map { $0.isStandby ? .replica : .primary },
            isReachable: member.problem == nil, problem: problem(of: index),
            lag: member.problem == nil ? lag(of: index) : nil, lsn: member.state?.lsn,
            timeline: member.state?.timeline, pool: pool)
    }

    /// Nobody takes writes, and why.
    func noPrimary(waited: Duration) -> TCError {
        let known = members.indices.map { index in
            "\(members[index].name): \(problem(of: index) ?? "a standby")"
        }
        return TCError(
            .unavailable,
            "waited \(waited.text) for a primary, and no server is one (\(known.joined(separator: "; ")))",
            hint: "promote a standby")
    }

    /// Whether each member has answered, or failed to.
    var isComplete: Bool { members.allSatisfy(\.wasAsked) }
}
