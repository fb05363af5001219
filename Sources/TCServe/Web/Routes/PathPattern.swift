/// The path of a route: `/v1/users/{user_id}/sessions`.
///
/// A segment is fixed text, or a name in braces that stands for one whole segment of any text but the
/// empty one.
public struct PathPattern: Sendable, Hashable, ExpressibleByStringLiteral {
    /// One part between slashes.
    enum Segment: Sendable, Hashable {
        case fixed(String)
        case parameter(String)
    }

    /// As it was written; what logs and metrics call the route.
    public let text: String
    /// In order; none for `/`.
    let segments: [Segment]

    /// - Parameter text: begins with a slash and does not end in one, `/` itself apart; names in
    ///   braces are distinct. Anything else is a mistake in the program.
    public init(_ text: String) {
        precondition(text.hasPrefix("/"), "the path '\(text)' must begin with '/'")
        self.text = text
        segments =
            text == "/"
            ? []
            : text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
                precondition(!$0.isEmpty, "the path '\(text)' must have no empty segment")
                if $0.hasPrefix("{"), $0.hasSuffix("}") {
                    return .parameter(String($0.dropFirst().dropLast()))
                }
                precondition(!$0.contains("{") && !$0.contains("}"), "a name is a whole segment")
                return .fixed(String($0))
            }
        precondition(
            Set(parameterNames).count == parameterNames.count, "'\(text)' repeats a name")
    }

    public init(stringLiteral text: String) { self.init(text) }

    /// The names in braces, in order.
    public var parameterNames: [String] {
        segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
    }
}
