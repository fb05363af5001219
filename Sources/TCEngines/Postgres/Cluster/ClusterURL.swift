import TCCore

extension PostgresURL {
    /// The servers that a cluster's URL names: its own host and those of `replicas=HOST:PORT,…`, which
    /// share everything else.
    ///
    /// No error shows any of `url`, since a password may stand anywhere in a mistyped one.
    static func members(_ url: String, _ libpq: LibPQ) throws(TCError) -> [PostgresURL] {
        let replicas = replicas(in: url) ?? ""
        let rest = parameters(of: url).filter { !$0.hasPrefix(replicaParameter) }
        let first = try PostgresURL(
            "\(url.prefix { $0 != "?" })?\(rest.joined(separator: "&"))", libpq)
        let names = ["hostaddr", "service"]
        guard !first.parameters.contains(where: { names.contains($0.keyword) }),
            !first.host.contains(","), !first.host.hasPrefix("/")
        else {
            throw TCError(
                .configuration,
                "a database URL with 'replicas' names one server by its host, and the others there")
        }
        var members = [first]
        for text in replicas.split(separator: ",") {
            let (host, port) = try address(text)
            members.append(first.at(host: host, port: port))
        }
        guard Set(members.map(\.address)).count == members.count, members.count > 1 else {
            throw malformed("names a server twice or none")
        }
        return members
    }

    private static let replicaParameter = "replicas="

    private static func parameters(of url: String) -> [Substring] {
        url.drop { $0 != "?" }.dropFirst().split(separator: "&")
    }

    /// What `replicas` says; nil where a URL does not have it.
    static func replicas(in url: String) -> Substring? {
        parameters(of: url).first { $0.hasPrefix(replicaParameter) }?
            .dropFirst(replicaParameter.count)
    }

    private static func malformed(_ what: String) -> TCError {
        TCError(
            .configuration, "'replicas' of the database URL \(what)",
            hint: "write replicas=HOST:PORT,HOST:PORT; the port is 5432 where none is given")
    }

    /// `HOST`, `HOST:PORT` or `[IPv6]:PORT`.
    private static func address(
        _ text: Substring
    ) throws(TCError) -> (host: String, port: String) {
        let isBracketed = text.first == "["
        let end = isBracketed ? text.firstIndex(of: "]") : text.firstIndex(of: ":") ?? text.endIndex
        guard let end else { throw malformed("has a bracket that does not close") }
        let host = text[..<end].dropFirst(isBracketed ? 1 : 0)
        let rest = text[end...].dropFirst(isBracketed ? 1 : 0)
        let port = rest.isEmpty ? "5432" : rest.dropFirst()
        let marks = isBracketed ? ".-_:" : ".-_"
        let isHost = host.allSatisfy {
            $0.isASCII && ($0.isLetter || $0.isNumber || marks.contains($0))
        }
        guard !host.isEmpty, isHost, rest.isEmpty || rest.first == ":",
            let number = UInt16(port), number > 0
        else { throw malformed("has an entry that is no HOST:PORT") }
        return (String(host), String(port))
    }
}
