import TCAuth
import TCCore
import TCCrypto
import TCEngines

/// Identity providers: that their file can be read, their secrets only by us, and that each answers.
enum ProvidersCheck {
    private static let name = "auth.providers"

    static func find(_ checkup: Checkup) async throws -> [DoctorFinding] {
        let path = try checkup.settings.value(.authProviders)
        guard !path.isEmpty else { return [] }
        let providers: [OAuth2Provider]
        let secrets: [DoctorFinding]
        do {
            providers = try ProvidersFile.read(path)
            secrets = try ProvidersFile.secretFiles(path).compactMap { file in
                FileState(file).map { .secrecy("auth.providers.secret", $0) }
            }
        } catch {
            return [DoctorFinding(.failed, name, path, error)]
        }
        let names = providers.map(\.name).joined(separator: ", ")
        let file = DoctorFinding(.passed, name, path, names.isEmpty ? "it names none" : names)
        return [file] + secrets + (try await answers(providers, checkup))
    }

    /// Whether each answers, by beginning a sign-in that nobody will end.
    private static func answers(
        _ providers: [OAuth2Provider], _ checkup: Checkup
    ) async throws -> [DoctorFinding] {
        let name = "auth.providers.metadata"
        if checkup.isOffline {
            return providers.map {
                DoctorFinding(.skipped, name, $0.name, "it is not called with --offline")
            }
        }
        let http = HTTPClientEngine(connectTimeLimit: .seconds(3))
        var findings: [DoctorFinding] = []
        do {
            let client = try OAuth2Client(
                providers, cookieKey: try AEADKey(checkup.seams.bytes(AEADKey.byteCount)),
                http: http, seams: checkup.seams)
            for provider in providers where provider.hasMetadata {
                do {
                    let took = try await checkup.timed {
                        try await client.begin(provider.name, redirectURI: "http://localhost/")
                    }.took
                    findings.append(
                        DoctorFinding(
                            .passed, name, provider.name, "its metadata came in \(took)"))
                } catch {
                    findings.append(DoctorFinding(.failed, name, provider.name, error))
                }
            }
        } catch {
            findings.append(DoctorFinding(.failed, ProvidersCheck.name, "", error))
        }
        await http.close()
        return findings
    }
}
