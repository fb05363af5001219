import TCCore
import TCWire

/// Requests to one provider, and what its answers mean.
struct ProviderCalls: Sendable {
    let provider: String
    let http: any OutboundHTTP

    /// The body of an answer with status 200.
    ///
    /// - Parameter what: for messages: `metadata`.
    ///
    /// Throws `.unavailable` for any other status and what the engine throws.
    func get(
        _ address: WebAddress, _ what: String, headers: [(name: String, value: String)] = []
    ) async throws -> [UInt8] {
        let request = OutboundRequest(
            .get, address, headers: [("Accept", "application/json")] + headers)
        let answer = try await http.send(request)
        guard answer.status == 200 else { throw unexpected(answer.status, what) }
        return answer.body
    }

    /// The same as an object.
    func getObject(
        _ address: WebAddress, _ what: String, headers: [(name: String, value: String)] = []
    ) async throws -> JSONObject {
        try object(await get(address, what, headers: headers), what)
    }

    /// Exchanges a code for tokens (RFC 6749, section 4.1.3; RFC 7636, section 4.5).
    ///
    /// Throws `.notPermitted` where the provider does not take the code, `.configuration` where it does
    /// not know the client or its secret, `.unavailable` for anything else that is no answer.
    func exchange(
        _ code: String, of attempt: SignInAttempt, at endpoint: WebAddress,
        for client: OAuth2Provider, secretInBody: Bool
    ) async throws -> JSONObject {
        var form = [
            (name: "grant_type", value: "authorization_code"), ("code", code),
            ("redirect_uri", attempt.redirectURI), ("code_verifier", attempt.verifier),
        ]
        var headers = [
            (name: "Accept", value: "application/json"),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ]
        if let secret = client.clientSecret, !secretInBody {
            // Both are escaped as in a form before they are joined (RFC 6749, section 2.3.1).
            let pair = "\(percentEncoded(client.clientID)):\(percentEncoded(secret.text))"
            headers.append(("Authorization", "Basic \(base64(Array(pair.utf8)))"))
        } else {
            form.append(("client_id", client.clientID))
            if let secret = client.clientSecret { form.append(("client_secret", secret.text)) }
        }
        let answer = try await http.send(
            OutboundRequest(
                .post, endpoint, headers: headers, body: Array(queryEncoded(form).utf8)))
        guard (200..<500).contains(answer.status), answer.status != 429 else {
            throw unexpected(answer.status, "token endpoint")
        }
        let object = try object(answer.body, "token answer")
        // GitHub says 200 and an error.
        if answer.status != 200 || object["error"] != nil {
            throw refusal(object["error"]?.string, answer.status)
        }
        return object
    }

    /// What a provider's error code means (RFC 6749, section 5.2).
    private func refusal(_ code: String?, _ status: Int) -> TCError {
        let words = code.flatMap(ProviderCalls.errorCode) ?? "status \(status)"
        switch code {
        case "invalid_client", "unauthorized_client", "incorrect_client_credentials",
            "redirect_uri_mismatch":
            return TCError(
                .configuration, "the provider '\(provider)' does not accept this client: \(words)",
                hint: "check the client id, its secret and its redirect URIs there")
        default:
            return TCError(
                .notPermitted, "the provider '\(provider)' did not accept the code: \(words)",
                hint: "begin the sign-in again")
        }
    }

    /// An error code of a provider as far as it may be repeated: a word, no markup, no novel.
    static func errorCode(_ text: String) -> String? {
        let isWord = text.utf8.allSatisfy {
            (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0)
                || [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains($0)
        }
        return isWord && (1...64).contains(text.utf8.count) ? text : nil
    }

    private func object(_ body: [UInt8], _ what: String) throws(TCError) -> JSONObject {
        guard let object = try value(body, what).object else {
            throw TCError(.unavailable, "the \(what) of the provider '\(provider)' is no object")
        }
        return object
    }

    /// Reads JSON; throws `.unavailable` where the provider sent something else.
    func value(_ body: [UInt8], _ what: String) throws(TCError) -> JSONValue {
        do {
            return try JSONReader.parse(body, nestingDepth: 16, repeatedKeys: .refused)
        } catch {
            throw TCError(.unavailable, "the \(what) of the provider '\(provider)' is not JSON")
        }
    }

    private func unexpected(_ status: Int, _ what: String) -> TCError {
        TCError(
            .unavailable,
            "the provider '\(provider)' answered for its \(what) with status \(status)")
    }

    /// Base64 with its first alphabet and padding, which only this header still wants.
    private func base64(_ bytes: [UInt8]) -> String {
        let text = Base64URL.encode(bytes).replacing("-", with: "+").replacing("_", with: "/")
        return text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    }
}
