import TCAuth
import TCCore
import TCCrypto
import TCTelemetry

/// One setting: its name in files, its variable, what it takes and what it does.
///
/// All of them stand in `Setting.table`; a command reads one with
/// `context.settings.value(.telemetryStore, flag: store)`.
public struct Setting<Value: Sendable>: Sendable {
    /// The path in a configuration file, levels separated by dots: `telemetry.store`.
    public let name: String
    /// The environment variable: `TC_TELEMETRY_STORE`.
    public let variable: String
    /// The default as a person would write it; `~` forms are spelt out where they are used.
    public let defaultText: String
    /// What the setting does, one sentence without a full stop.
    public let doc: String
    /// What a value must be, for messages: "a whole number of 1 or more".
    public let expected: String
    /// Reads a value; nil for one that cannot be used.
    public let parse: @Sendable (String) -> Value?
}

/// A setting as the table sees it, whatever its type.
struct AnySetting: Sendable {
    let name: String
    let variable: String
    let defaultText: String
    let doc: String
    let expected: String
    let accepts: @Sendable (String) -> Bool

    init<Value>(_ setting: Setting<Value>) {
        name = setting.name
        variable = setting.variable
        defaultText = setting.defaultText
        doc = setting.doc
        expected = setting.expected
        accepts = { setting.parse($0) != nil }
    }
}

extension Setting where Value == String {
    /// The folder for state.
    public static let home = Setting(
        name: "home", variable: "TC_HOME", defaultText: "$XDG_STATE_HOME/tc",
        doc: "the folder for state", expected: "a path", parse: nonEmpty)

    /// Where telemetry is kept.
    public static let telemetryStore = Setting(
        name: "telemetry.store", variable: "TC_TELEMETRY_STORE", defaultText: "parquet:$TC_HOME",
        doc: "where telemetry is kept", expected: "a URL such as parquet:DIR", parse: nonEmpty)
}

extension Setting where Value == String {
    /// Where everything but telemetry is kept.
    public static let database = Setting(
        name: "database", variable: "TC_DATABASE", defaultText: "sqlite:$TC_HOME/tc.db",
        doc: "where users, sessions and events are kept",
        expected: "a URL such as sqlite:PATH or postgres://HOST/NAME", parse: nonEmpty)

    /// What is kept for a short time and shared by all nodes.
    public static let cache = Setting(
        name: "cache", variable: "TC_CACHE", defaultText: "memory:",
        doc: "where limits are counted and revocations are told, for all nodes",
        expected: "memory: or a URL such as redis://HOST:6379/0", parse: nonEmpty)

    /// The database of the data family.
    static let dataDatabase = Setting(
        name: "data.database", variable: "TC_DATA_DATABASE", defaultText: "sqlite:$TC_HOME/data.db",
        doc: "the database that tc data asks",
        expected: "a URL such as sqlite:PATH or postgres://HOST/NAME?replicas=HOST,HOST",
        parse: nonEmpty)

    /// What may be asked of it.
    static let dataCatalog = Setting(
        name: "data.catalog", variable: "TC_DATA_CATALOG", defaultText: "",
        doc: "a YAML file of the tables, queries and statements that tc data opens",
        expected: "a path", parse: { $0 })

    /// What all nodes share of what was read.
    static let dataCache = Setting(
        name: "data.cache", variable: "TC_DATA_CACHE", defaultText: "memory:",
        doc: "where answers are kept for all nodes, and changes told to them",
        expected: "memory: for each process alone, or a URL such as redis://HOST:6379/0 or "
            + "redis-cluster://HOST:7000,HOST:7001", parse: nonEmpty)

    /// What tokens of callers are verified with.
    static let dataJWKS = Setting(
        name: "data.jwks", variable: "TC_DATA_JWKS", defaultText: "",
        doc: "the public keys that callers' tokens are verified with, a file or a URL; those that "
            + "auth.issuer publishes where it is not said",
        expected: "a path or a URL", parse: { $0 })

    /// What signs cursors.
    static let dataKeyFile = Setting(
        name: "data.key_file", variable: "TC_DATA_KEY_FILE", defaultText: "$TC_HOME/data.key",
        doc: "the file that signs the cursors of pages, made where it is missing",
        expected: "a path", parse: nonEmpty)

    /// Who issues tokens.
    static let authIssuer = Setting(
        name: "auth.issuer", variable: "TC_AUTH_ISSUER", defaultText: "http://localhost:8443",
        doc: "who issues tokens: the address of the service as clients know it",
        expected: "a URL", parse: nonEmpty)

    /// Whom tokens are for.
    static let authAudience = Setting(
        name: "auth.audience", variable: "TC_AUTH_AUDIENCE", defaultText: "tc",
        doc: "whom tokens are for", expected: "a name or a URL", parse: nonEmpty)

    /// What seals keys and secrets.
    static let authKeyFile = Setting(
        name: "auth.key_file", variable: "TC_AUTH_KEY_FILE", defaultText: "$TC_HOME/auth.key",
        doc: "the file that seals signing keys and second factors, made where it is missing",
        expected: "a path", parse: nonEmpty)

    /// What seals keys and secrets instead.
    static let authPassphraseFile = Setting(
        name: "auth.passphrase_file", variable: "TC_AUTH_PASSPHRASE_FILE", defaultText: "",
        doc: "a file whose first line is a passphrase, to be used instead of a key file",
        expected: "a path", parse: { $0 })

    /// The role of who registers.
    static let authDefaultRole = Setting(
        name: "auth.default_role", variable: "TC_AUTH_DEFAULT_ROLE",
        defaultText: AuthSettings().defaultRole, doc: "the role of who registers",
        expected: "a name", parse: nonEmpty)

    /// What authenticator apps show.
    static let authMFAIssuer = Setting(
        name: "auth.mfa_issuer", variable: "TC_AUTH_MFA_ISSUER",
        defaultText: AuthSettings().mfaIssuer, doc: "what authenticator apps show above a code",
        expected: "a name without ':'", parse: { $0.isEmpty || $0.contains(":") ? nil : $0 })

    /// Where clients reach the daemon.
    static let authPublicURL = Setting(
        name: "auth.public_url", variable: "TC_AUTH_PUBLIC_URL", defaultText: "",
        doc: "where browsers reach the daemon; auth.issuer where it is not said",
        expected: "a URL without a slash at its end", parse: { $0.hasSuffix("/") ? nil : $0 })

    /// Who else may say who somebody is.
    static let authProviders = Setting(
        name: "auth.providers", variable: "TC_AUTH_PROVIDERS", defaultText: "",
        doc: "a YAML file of the identity providers that users may sign in with",
        expected: "a path", parse: { $0 })
}

extension Setting where Value == SignatureAlgorithm {
    /// What new signing keys are made for.
    static let authAlgorithm = Setting(
        name: "auth.algorithm", variable: "TC_AUTH_ALGORITHM", defaultText: "ES256",
        doc: "the algorithm of new signing keys", expected: "ES256, EdDSA, RS256 or HS256",
        parse: { SignatureAlgorithm(rawValue: $0) })
}

extension Setting where Value == Duration {
    /// How far behind the primary a replica may be that is read.
    static let dataMaxLag = Setting(
        name: "data.max_lag", variable: "TC_DATA_MAX_LAG", defaultText: "500ms",
        doc: "how far behind the primary a replica may be that answers",
        expected: "a duration from 0s to 1h", parse: duration(.zero ... .seconds(3600)))

    /// The life of an access token.
    static let authAccessLifetime = Setting(
        name: "auth.access_lifetime", variable: "TC_AUTH_ACCESS_LIFETIME", defaultText: "24h",
        doc: "how long an access token is good for", expected: "a duration from 1m to 7d",
        parse: duration(.seconds(60) ... .seconds(7 * 86_400)))

    /// The life of a refresh token.
    static let authRefreshLifetime = Setting(
        name: "auth.refresh_lifetime", variable: "TC_AUTH_REFRESH_LIFETIME", defaultText: "7d",
        doc: "how long a refresh token is good for", expected: "a duration from 1m to 366d",
        parse: duration(.seconds(60) ... .seconds(366 * 86_400)))

    /// How long losers of a race get the same successor.
    static let authGrace = Setting(
        name: "auth.grace", variable: "TC_AUTH_GRACE", defaultText: "30s",
        doc: "how long a refresh token that was rotated gives the same successor again",
        expected: "a duration from 0s to 1h", parse: duration(.zero ... .seconds(3600)))

    /// How long a new signing key is published before it signs.
    static let authKeyOverlap = Setting(
        name: "auth.key_overlap", variable: "TC_AUTH_KEY_OVERLAP", defaultText: "10m",
        doc: "how long a new signing key is published before it signs",
        expected: "a duration from 0s to 7d", parse: duration(.zero ... .seconds(7 * 86_400)))
}

extension Setting where Value == Bool {
    /// Whether who comes from a provider for the first time gets an account.
    static let authCreateAccounts = Setting(
        name: "auth.create_accounts", variable: "TC_AUTH_CREATE_ACCOUNTS", defaultText: "true",
        doc: "whether who comes from an identity provider for the first time gets an account",
        expected: "true or false", parse: { Bool($0) })

    /// Whether a verified address opens the account that has it.
    static let authLinkByEmail = Setting(
        name: "auth.link_by_email", variable: "TC_AUTH_LINK_BY_EMAIL", defaultText: "false",
        doc: "whether an address that a provider vouches for opens the account that has proven it",
        expected: "true or false", parse: { Bool($0) })
}

extension Setting where Value == ScryptParameters {
    /// How dear a guess at a password is.
    static let authScrypt = Setting(
        name: "auth.scrypt", variable: "TC_AUTH_SCRYPT", defaultText: "ln=17,r=8,p=1",
        doc: "how dear a guess at a password is, as scrypt's parameters",
        expected: "ln=N,r=N,p=N, such as ln=17,r=8,p=1", parse: scrypt)
}

extension Setting where Value == Int {
    /// The most lines that an ingest makes durable together.
    public static let telemetryBatch = Setting(
        name: "telemetry.batch", variable: "TC_TELEMETRY_BATCH",
        defaultText: String(IngestOptions().batchRows),
        doc: "the most lines that an ingest makes durable together",
        expected: "a whole number from 1 to 4000000", parse: whole(1...4_000_000))

    /// Threads.
    public static let workers = Setting(
        name: "workers", variable: "TC_WORKERS", defaultText: "0",
        doc: "threads for heavy work; 0 takes one for each processor",
        expected: "a whole number from 0 to 256", parse: whole(0...256))
}

/// Every setting, in the order in which `tc config show` prints them.
let settingTable: [AnySetting] = [
    AnySetting(Setting<String>.home), AnySetting(Setting<Int>.workers),
    AnySetting(Setting<String>.telemetryStore), AnySetting(Setting<Int>.telemetryBatch),
    AnySetting(Setting<String>.database), AnySetting(Setting<String>.cache),
    AnySetting(Setting<String>.dataDatabase), AnySetting(Setting<String>.dataCatalog),
    AnySetting(Setting<String>.dataCache), AnySetting(Setting<String>.dataKeyFile),
    AnySetting(Setting<String>.dataJWKS),
    AnySetting(Setting<Duration>.dataMaxLag),
    AnySetting(Setting<String>.authIssuer), AnySetting(Setting<String>.authAudience),
    AnySetting(Setting<SignatureAlgorithm>.authAlgorithm),
    AnySetting(Setting<String>.authKeyFile), AnySetting(Setting<String>.authPassphraseFile),
    AnySetting(Setting<Duration>.authKeyOverlap),
    AnySetting(Setting<Duration>.authAccessLifetime),
    AnySetting(Setting<Duration>.authRefreshLifetime), AnySetting(Setting<Duration>.authGrace),
    AnySetting(Setting<String>.authDefaultRole), AnySetting(Setting<String>.authMFAIssuer),
    AnySetting(Setting<ScryptParameters>.authScrypt), AnySetting(Setting<String>.authProviders),
    AnySetting(Setting<Bool>.authCreateAccounts), AnySetting(Setting<Bool>.authLinkByEmail),
    AnySetting(Setting<String>.authPublicURL),
]

private let nonEmpty: @Sendable (String) -> String? = { $0.isEmpty ? nil : $0 }

private func whole(_ range: ClosedRange<Int>) -> @Sendable (String) -> Int? {
    { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
}

private func duration(_ range: ClosedRange<Duration>) -> @Sendable (String) -> Duration? {
    { text in Duration(text: text).flatMap { range.contains($0) ? $0 : nil } }
}

/// `ln=17,r=8,p=1`, the parameters as PHC strings have them.
private let scrypt: @Sendable (String) -> ScryptParameters? = { text in
    var numbers: [Int] = []
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    for (part, name) in zip(parts, ["ln=", "r=", "p="]) {
        guard part.hasPrefix(name), let number = Int(part.dropFirst(name.count)) else { return nil }
        numbers.append(number)
    }
    guard parts.count == 3, numbers.count == 3 else { return nil }
    // What it refuses is told as what was expected.
    return try? ScryptParameters(logarithmOfN: numbers[0], r: numbers[1], p: numbers[2])
}
