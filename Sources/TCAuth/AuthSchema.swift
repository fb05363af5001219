import TCStore

/// The tables of the family. Times are epoch milliseconds; what is null has not happened.
public enum AuthSchema {
    /// In order; beside them the database needs `Outbox.migrations`.
    public static let migrations = [
        Migration(
            family: "auth", version: 1,
            sql: users + secondFactors + sessions + refreshTokens + identities),
        Migration(family: "auth", version: 2, sql: keys),
    ]

    private static let users = [
        """
        CREATE TABLE auth_users (
            id TEXT PRIMARY KEY, email TEXT UNIQUE, name TEXT, role TEXT NOT NULL, password TEXT,
            password_changed_ms BIGINT, created_ms BIGINT NOT NULL, email_verified_ms BIGINT,
            disabled_ms BIGINT)
        """, "CREATE INDEX auth_users_by_role ON auth_users (role, id)",
    ]

    private static let secondFactors = [
        """
        CREATE TABLE auth_mfa (
            user_id TEXT PRIMARY KEY REFERENCES auth_users (id) ON DELETE CASCADE,
            secret BYTEA NOT NULL, begun_ms BIGINT NOT NULL, confirmed_ms BIGINT,
            last_step BIGINT)
        """,
        """
        CREATE TABLE auth_recovery_codes (
            user_id TEXT NOT NULL REFERENCES auth_users (id) ON DELETE CASCADE,
            digest BYTEA NOT NULL, PRIMARY KEY (user_id, digest))
        """,
    ]

    /// A session belongs to the generation in which it began. Everybody's sessions end when the next
    /// generation begins: one row changes, however many sessions there are, and no clock decides.
    ///
    /// `role` is set where an operator chose another than the user's; `ends_ms` is when the first
    /// access token ends, for sessions that have no refresh token.
    private static let sessions = [
        """
        CREATE TABLE auth_generations (
            id BIGINT PRIMARY KEY, generation BIGINT NOT NULL, begun_ms BIGINT NOT NULL)
        """,
        "INSERT INTO auth_generations VALUES (1, 0, 0)",
        """
        CREATE TABLE auth_devices (
            id TEXT PRIMARY KEY,
            user_id TEXT NOT NULL REFERENCES auth_users (id) ON DELETE CASCADE,
            digest BYTEA NOT NULL, login_ms BIGINT NOT NULL)
        """,
        "CREATE UNIQUE INDEX auth_devices_by_digest ON auth_devices (user_id, digest)",
        """
        CREATE TABLE auth_sessions (
            id TEXT PRIMARY KEY,
            user_id TEXT NOT NULL REFERENCES auth_users (id) ON DELETE CASCADE,
            method TEXT NOT NULL, role TEXT, generation BIGINT NOT NULL,
            created_ms BIGINT NOT NULL, ends_ms BIGINT NOT NULL, mfa_ms BIGINT,
            address TEXT NOT NULL, user_agent TEXT, device_id TEXT, revoked_ms BIGINT,
            revoked_why TEXT)
        """,
        "CREATE INDEX auth_sessions_by_user ON auth_sessions (user_id, id)",
        "CREATE INDEX auth_sessions_by_end ON auth_sessions (ends_ms)",
        """
        CREATE TABLE auth_revoked_tokens (
            id TEXT PRIMARY KEY,
            session_id TEXT NOT NULL REFERENCES auth_sessions (id) ON DELETE CASCADE,
            expires_ms BIGINT NOT NULL)
        """,
        "CREATE INDEX auth_revoked_tokens_by_session ON auth_revoked_tokens (session_id)",
        "CREATE INDEX auth_revoked_tokens_by_end ON auth_revoked_tokens (expires_ms)",
    ]

    /// `parent` is the digest of the token that this one replaced: unique, so that a token has one
    /// successor at most, whatever goes wrong.
    private static let refreshTokens = [
        """
        CREATE TABLE auth_refresh_tokens (
            digest BYTEA PRIMARY KEY, parent BYTEA UNIQUE,
            session_id TEXT NOT NULL REFERENCES auth_sessions (id) ON DELETE CASCADE,
            issued_ms BIGINT NOT NULL, expires_ms BIGINT NOT NULL)
        """,
        """
        CREATE INDEX auth_refresh_tokens_by_session ON auth_refresh_tokens (session_id, issued_ms)
        """,
        "CREATE INDEX auth_refresh_tokens_by_end ON auth_refresh_tokens (expires_ms)",
    ]

    private static let identities = [
        """
        CREATE TABLE auth_identities (
            provider TEXT NOT NULL, subject TEXT NOT NULL,
            user_id TEXT NOT NULL REFERENCES auth_users (id) ON DELETE CASCADE,
            email TEXT, linked_ms BIGINT NOT NULL, PRIMARY KEY (provider, subject))
        """,
        "CREATE INDEX auth_identities_by_user ON auth_identities (user_id)",
    ]

    /// `auth_root` has one row: what the root secret is known by, and for a passphrase how it is made.
    ///
    /// `sealed` is the whole key, from which the public half is made each time: one in the clear could
    /// be exchanged by whoever can write here. It goes when the key is retired. `longest_ms` is how
    /// long a token signed with the key may be valid, whichever node signed it; `number` counts keys in
    /// the order of their making.
    private static let keys = [
        """
        CREATE TABLE auth_root (
            id BIGINT PRIMARY KEY, scrypt TEXT, salt BYTEA NOT NULL, proof BYTEA NOT NULL,
            created_ms BIGINT NOT NULL)
        """,
        """
        CREATE TABLE auth_keys (
            kid TEXT PRIMARY KEY, number BIGINT NOT NULL, algorithm TEXT NOT NULL, sealed BYTEA,
            created_ms BIGINT NOT NULL, signs_from_ms BIGINT NOT NULL, longest_ms BIGINT NOT NULL,
            retired_ms BIGINT)
        """,
    ]
}
