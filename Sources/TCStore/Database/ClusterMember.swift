/// What a server of a cluster does.
public enum MemberRole: String, Sendable {
    /// It takes the writes.
    case primary
    /// It replays the primary's log, and reads.
    case replica
}

/// A server of a cluster, as it was when somebody asked for one.
public struct ClusterMember: Sendable {
    /// `primary`, or the replica's `host:port`: what a result says of where it came from.
    public let name: String
    public let role: MemberRole
    /// Goes to this server and to no other. A write through it once it has stopped to be the primary is
    /// an error of kind `unavailable`, and has not happened.
    public let database: any Database
    /// How far behind the primary it was at most when it was looked at last; zero for the primary, and
    /// for a replica that had all of its log.
    public let lag: Duration

    public init(name: String, role: MemberRole, database: any Database, lag: Duration) {
        self.name = name
        self.role = role
        self.database = database
        self.lag = lag
    }
}
