import ArgumentParser
import TCCore
import TCServe

/// The flags of every daemon.
struct ServeOptions: ParsableArguments {
    @Option(
        help: .init(
            "Listen on this address: HOST:PORT, [HOST]:PORT or unix:PATH; may be repeated.",
            valueName: "address"))
    var listen: [String] = []

    @Option(
        help: .init("The certificate and its chain, PEM; with --tls-key.", valueName: "file"),
        completion: .file())
    var tlsCertificate: String?

    @Option(
        help: .init("The certificate's private key, PEM.", valueName: "file"), completion: .file())
    var tlsKey: String?

    @Option(
        help: .init(
            "Only clients with a certificate of this authority (mTLS), PEM.", valueName: "file"),
        completion: .file())
    var tlsClientCA: String?

    @Option(
        help: .init(
            "How long requests in flight may take to end after SIGTERM.", valueName: "duration"))
    var drain: String = "10s"

    @Option(
        help: .init(
            "Believe what this address or network says of clients in X-Forwarded-For; may be repeated.",
            valueName: "cidr"))
    var trustedProxy: [String] = []

    init() {}

    /// Whether answers go over TLS.
    var hasTLS: Bool { tlsCertificate != nil }

    /// Throws `.usage`.
    func settings() throws -> WebServerSettings {
        var settings = WebServerSettings(
            listen: try listen.map { try ListenAddress($0) }, version: TC.version)
        switch (tlsCertificate, tlsKey) {
        case (nil, nil):
            if tlsClientCA != nil {
                throw TCError(.usage, "--tls-client-ca needs --tls-certificate and --tls-key")
            }
        case (let certificate?, let key?):
            settings.tls = TLSFiles(
                certificate: certificate, key: key, clientAuthority: tlsClientCA)
        default:
            throw TCError(.usage, "--tls-certificate and --tls-key go together")
        }
        guard let drain = Duration(text: drain), (.zero ... .seconds(3600)).contains(drain) else {
            throw TCError(.usage, "--drain must be a duration from 0s to 1h, got '\(self.drain)'")
        }
        settings.drain = drain
        settings.trustedProxies = try trustedProxy.map { text in
            guard let range = AddressRange(text) else {
                throw TCError(
                    .usage,
                    "--trusted-proxy must be an address or a network such as 10.0.0.0/8, "
                        + "got '\(text)'")
            }
            return range
        }
        return settings
    }
}
