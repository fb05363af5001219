import TCCore

/// What bounds a read cache.
public struct ReadCacheOptions: Sendable {
    /// What the keys in the shared cache begin with, 1 to 64 bytes: caches of one name share what they
    /// hold.
    public var space = "read"
    /// Entries of this process, and bytes that they may take with their keys.
    public var localEntries = 10_000
    public var localBytes = 64 << 20
    /// Entries in the shared cache.
    public var sharedEntries = 1_000_000
    /// The longest value that is kept, in bytes; a longer one is handed through.
    public var valueBytes = 512 << 10
    /// No entry is older, whatever its reader would take.
    public var mostAge = Duration.seconds(900)
    /// How long after a change was acknowledged on another node this one may still give what was
    /// before it, however many messages are lost; usually it is as long as a message takes.
    public var window = Duration.seconds(1)
    /// Longer than any change may take from its beginning to its end: so long nothing is kept that a
    /// change concerns whose node has died, or whose outcome is unknown.
    public var longestChange = Duration.seconds(60)
    /// How long the shared cache is left alone after it could not be reached, so that every node that
    /// changed something meanwhile can tell first. Longer than a node takes to connect again.
    public var settling = Duration.seconds(5)

    public init() {}

    func check() throws {
        let problem: String? =
            if !(1...64).contains(space.utf8.count) {
                "its name must have 1 to 64 bytes"
            } else if localEntries < 1 || sharedEntries < 1 {
                "it must hold an entry"
            } else if !(Duration.milliseconds(1)...(.seconds(3600))).contains(mostAge) {
                "the most age must be 1ms to 1h"
            } else if !(Duration.milliseconds(1)...(.seconds(3600))).contains(longestChange) {
                "the longest change must be 1ms to 1h"
            } else if window < .milliseconds(1) { "the window must be 1ms or more" } else { nil }
        if let problem { throw TCError(.configuration, "the read cache: \(problem)") }
    }
}
