import TCAuth
import TCCore
import TCWire

/// The file that `auth.providers` names:
///
/// ```yaml
/// google:
///   client_id: 1234.apps.googleusercontent.com
///   client_secret_file: /etc/tc/google.secret
/// company:
///   issuer: https://id.example.com
///   client_id: tc
/// ```
///
/// `google`, `github` and `microsoft` are known by their names; any other is an OpenID provider by its
/// issuer.
enum ProvidersFile {
    private static let keys = [
        "client_id", "client_secret_file", "issuer", "tenant", "scopes", "web", "api",
        "allow_loopback_http",
    ]

    /// Throws `.configuration`, naming the file and the line.
    static func read(_ path: String) throws -> [OAuth2Provider] {
        guard case .mapping(let entries) = try SettingsFile.document(path).content else {
            throw TCError(
                .configuration, "'\(path)' must be a mapping from names of providers to settings")
        }
        return try entries.map { entry in
            do throws(TCError) {
                return try provider(entry)
            } catch {
                throw TCError(
                    .configuration, "\(path):\(entry.line): \(error.message)", hint: error.hint)
            }
        }
    }

    /// The files that hold secrets of clients, in the order of the providers.
    static func secretFiles(_ path: String) throws -> [String] {
        guard case .mapping(let entries) = try SettingsFile.document(path).content else {
            return []
        }
        return entries.compactMap { $0.value["client_secret_file"]?.value.value.string }
    }

    private static func provider(_ entry: YAMLNode.Entry) throws(TCError) -> OAuth2Provider {
        guard case .mapping(let settings) = entry.value.content else {
            throw TCError(.configuration, "the provider '\(entry.key)' must be a mapping")
        }
        if let unknown = settings.first(where: { !keys.contains($0.key) }) {
            throw TCError(
                .configuration, "the provider '\(entry.key)' has an unknown key '\(unknown.key)'",
                hint: "there are \(keys.joined(separator: ", "))")
        }
        func text(_ key: String) throws(TCError) -> String? {
            guard let value = entry.value[key]?.value.value else { return nil }
            guard let text = value.string else {
                throw TCError(
                    .configuration,
                    "'\(key)' of the provider '\(entry.key)' must be a string, "
                        + "got \(value.kindName)")
            }
            return text
        }
        guard let clientID = try text("client_id") else {
            throw TCError(.configuration, "the provider '\(entry.key)' has no 'client_id'")
        }
        let secret = try text("client_secret_file").map { (path) throws(TCError) in
            try ClientSecret(try SecretInput.read("client secret", file: path))
        }
        func needed() throws(TCError) -> ClientSecret {
            guard let secret else {
                throw TCError(
                    .configuration, "the provider '\(entry.key)' has no 'client_secret_file'")
            }
            return secret
        }
        switch entry.key {
        case "google": return try .google(clientID: clientID, clientSecret: try needed())
        case "github":
            return try .gitHub(
                clientID: clientID, clientSecret: try needed(),
                web: try text("web") ?? "https://github.com",
                api: try text("api") ?? "https://api.github.com")
        case "microsoft":
            return try .microsoft(
                clientID: clientID, clientSecret: try needed(),
                tenant: try text("tenant") ?? "common")
        default:
            guard let issuer = try text("issuer") else {
                throw TCError(.configuration, "the provider '\(entry.key)' has no 'issuer'")
            }
            let scopes = try text("scopes").map { $0.split(separator: " ").map(String.init) }
            return try .openID(
                name: entry.key, issuer: issuer, clientID: clientID, clientSecret: secret,
                scopes: scopes ?? ["email", "profile"],
                allowsLoopbackHTTP: entry.value["allow_loopback_http"]?.value.value.bool ?? false)
        }
    }
}
