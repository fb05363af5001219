import NIOCore
import NIOSSL
import TCCore

/// The files by which a server proves who it is, and asks its clients to.
public struct TLSFiles: Sendable {
    /// PEM: the server's certificate, then those between it and the root.
    public let certificate: String
    /// PEM: the private key.
    public let key: String
    /// PEM: who signs the certificates of clients; nil where clients need none.
    public let clientAuthority: String?

    /// Paths; the files are read when the server starts and again at each SIGHUP.
    public init(certificate: String, key: String, clientAuthority: String? = nil) {
        self.certificate = certificate
        self.key = key
        self.clientAuthority = clientAuthority
    }

    /// Reads the files.
    ///
    /// - Throws: `configuration`, naming the file that cannot be used.
    func context() throws -> NIOSSLContext {
        let chain = try read(certificate, "the certificate") {
            try NIOSSLCertificate.fromPEMFile($0)
        }
        let privateKey = try read(key, "the private key") {
            try NIOSSLPrivateKey(file: $0, format: .pem)
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
        configuration.minimumTLSVersion = .tlsv13
        configuration.maximumTLSVersion = .tlsv13
        configuration.applicationProtocols = ["h2", "http/1.1"]
        if let clientAuthority {
            let authorities = try read(clientAuthority, "the clients' authority") {
                try NIOSSLCertificate.fromPEMFile($0)
            }
            configuration.trustRoots = .certificates(authorities)
            // Host names mean nothing for a client: who signed it is what counts.
            configuration.certificateVerification = .noHostnameVerification
        }
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw TCError(
                .configuration, "'\(certificate)' and '\(key)' do not belong together: \(error)")
        }
    }

    private func read<Content>(
        _ path: String, _ what: String, _ body: (String) throws -> Content
    ) throws -> Content {
        do {
            return try body(path)
        } catch {
            throw TCError(
                .configuration, "cannot read \(what) '\(path)': \(error)",
                hint: "it must be a PEM file that tc may read")
        }
    }
}
