/// URLs that may hold passwords, as they may be shown.
enum SafeURL {
    /// A URL without user, password and parameters; of one that cannot be taken apart only the scheme,
    /// since a password may stand anywhere in a mistyped one.
    static func text(_ url: String) -> String {
        let scheme = url.prefix { $0 != ":" }
        if scheme == "sqlite" || scheme == "memory" { return url }
        let rest = url.dropFirst(scheme.count)
        guard scheme.count < url.count, rest.hasPrefix("://") else {
            return scheme.count < url.count ? "\(scheme):…" : "…"
        }
        let parts = rest.dropFirst(3).split(
            separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        // An @ behind the first ? may end a password that has a ? in it.
        if parts.count == 2, parts[1].contains("@") { return "\(scheme):…" }
        let place = parts[0].lastIndex(of: "@").map { parts[0][parts[0].index(after: $0)...] }
        return "\(scheme)://\(place ?? parts[0])"
    }

    /// Whether there is something in it that `text` leaves out.
    static func mayHoldPassword(_ url: String) -> Bool {
        url.contains("://") && (url.contains("@") || url.contains("password="))
    }
}
