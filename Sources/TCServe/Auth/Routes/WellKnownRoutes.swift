import TCAuth
import TCCore
import TCWire

/// What other services need to verify tokens by themselves.
///
/// This service is no OpenID provider: nobody is sent here to authorize another's client, so there is
/// no authorization endpoint. Libraries that verify tokens read the issuer and the address of the
/// keys, from where they look for them. The other addresses have names of their own, since behind the
/// registered ones clients would look for routes that take forms.
extension AuthRoutes {
    /// A new key is published this long before it signs, so that nobody who keeps the set meets a
    /// token of a key that they do not know.
    private static let cacheControl = "public, max-age=600"

    var wellKnown: [Route] {
        [
            Route(
                .get, "/.well-known/jwks.json", "The public keys, as a JWK Set (RFC 7517)",
                access: .public,
                answers: [
                    200: .record(
                        RecordSchema(
                            "a JWK Set",
                            [
                                .required(
                                    "keys",
                                    .array(
                                        .object(RecordSchema("a JWK", [], allowsOthers: true))),
                                    "those that sign, will sign and have signed")
                            ], allowsOthers: true), "good for ten minutes")
                ], isRateLimited: false
            ) { _ in
                let text = try await jwks()
                return .json(cacheControl: AuthRoutes.cacheControl) { json in
                    text.withUnsafeBufferPointer { json.raw($0) }
                }
            },
            Route(
                .get, "/.well-known/openid-configuration", "Where what is, for verifiers",
                access: .public,
                answers: [200: .record(AuthRoutes.configuration, "good for ten minutes")],
                isRateLimited: false, handler: showConfiguration),
        ]
    }

    private static let configuration = RecordSchema(
        "metadata of an issuer (OpenID Connect Discovery 1.0; RFC 8414)",
        [
            .required("issuer", .string, "'iss' of the tokens"),
            .required("jwks_uri", .string, "where the keys are"),
            .required("login_endpoint", .string, "where users show their password"),
            .required("refresh_endpoint", .string, "where sessions are prolonged"),
            .required("logout_endpoint", .string, "where sessions are ended"),
            .required("introspect_endpoint", .string, "where services ask about tokens"),
            .required("id_token_signing_alg_values_supported", .array(.string), "of the keys"),
            .required("subject_types_supported", .array(.string), "one id for all services"),
            .required("claims_supported", .array(.string), "what access tokens say"),
        ])

    private func showConfiguration(_ request: WebRequest) async throws -> WebResponse {
        let set = try JWKSet(parsing: await jwks())
        let algorithms = Set(set.keys.compactMap(\.algorithm)).sorted()
        return .json(cacheControl: AuthRoutes.cacheControl) { json in
            json.beginObject()
            for (key, text) in [
                ("issuer", settings.issuer),
                ("jwks_uri", "\(settings.publicURL)/.well-known/jwks.json"),
                ("login_endpoint", "\(settings.publicURL)/v1/auth/login"),
                ("refresh_endpoint", settings.publicURL + AuthCookies.refreshPath),
                ("logout_endpoint", "\(settings.publicURL)/v1/auth/logout"),
                ("introspect_endpoint", "\(settings.publicURL)/v1/auth/introspect"),
            ] {
                json.key(key)
                json.string(text)
            }
            for (key, texts) in [
                ("id_token_signing_alg_values_supported", algorithms),
                ("subject_types_supported", ["public"]),
                (
                    "claims_supported",
                    ["iss", "sub", "aud", "iat", "nbf", "exp", "jti", "sid", "role", "user_id"]
                ),
            ] {
                json.key(key)
                json.beginArray()
                for text in texts { json.string(text) }
                json.endArray()
            }
            json.endObject()
        }
    }
}
