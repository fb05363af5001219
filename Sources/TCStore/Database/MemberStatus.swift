/// What is known of one server of a cluster.
public struct MemberStatus: Sendable, Equatable {
    /// `host:port`; `primary` where the only database is asked through a `SingleDatabase`.
    public var name: String
    /// As it says itself; the last that was heard where it does not answer, nil where it never has.
    public var role: MemberRole?
    /// Whether it answers.
    public var isReachable: Bool
    /// Why it is not used; nil where nothing stands in the way. Names no user and holds no password.
    public var problem: String?
    /// How far behind the primary it is at most; nil where that is not known.
    public var lag: Duration?
    /// What it has written or replayed of the log; nil on SQLite, and where it is not known.
    public var lsn: LSN?
    /// The timeline that `lsn` is in, from 1; nil where `lsn` is.
    public var timeline: Int?
    /// Nil where the database keeps no connections of its own.
    public var pool: PoolStatus?

    /// All of it.
    public init(
        name: String, role: MemberRole?, isReachable: Bool, problem: String? = nil,
        lag: Duration? = nil, lsn: LSN? = nil, timeline: Int? = nil, pool: PoolStatus? = nil
    ) {
        self.name = name
        self.role = role
        self.isReachable = isReachable
        self.problem = problem
        self.lag = lag
        self.lsn = lsn
        self.timeline = timeline
        self.pool = pool
    }
}
