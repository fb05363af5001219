import TCCore
import TCStore

/// The SQL of users.
enum UserRows {
    /// What `user` reads, of `auth_users u`.
    private static let columns = """
        u.id, u.email, u.name, u.role, u.created_ms, u.email_verified_ms, u.disabled_ms,
        CASE WHEN u.password IS NULL THEN 0 ELSE 1 END,
        (SELECT count(*) FROM auth_mfa m WHERE m.user_id = u.id AND m.confirmed_ms IS NOT NULL)
        """

    @Sendable
    private static func user(_ row: any SQLRow) throws -> User {
        User(
            id: try row.text(0), email: try row.optionalText(1), name: try row.optionalText(2),
            role: try row.text(3), createdAt: Instant(milliseconds: try row.integer(4)),
            emailVerifiedAt: try row.optionalInstant(5), disabledAt: try row.optionalInstant(6),
            hasPassword: try row.integer(7) == 1, hasMFA: try row.integer(8) == 1)
    }

    private static func place(_ key: UserKey) -> (sql: String, parameter: SQLValue) {
        switch key {
        case .id(let id): ("u.id = $1", .text(id))
        case .email(let email): ("u.email = $1", .text(email))
        }
    }

    static func find(_ key: UserKey, in database: any Database) async throws -> User? {
        let place = place(key)
        return try await database.query(
            "SELECT \(columns) FROM auth_users u WHERE \(place.sql)", [place.parameter], user
        ).first
    }

    static func find(_ key: UserKey, in connection: any SQLConnection) throws -> User? {
        let place = place(key)
        return try connection.first(
            "SELECT \(columns) FROM auth_users u WHERE \(place.sql)", [place.parameter], user)
    }

    static func page(
        _ filter: UserFilter, after id: String?, limit: Int, in database: any Database
    ) async throws -> [User] {
        var conditions = ["u.id > $1"]
        var parameters: [SQLValue] = [.text(id ?? ""), .integer(Int64(limit))]
        if let role = filter.role {
            parameters.append(.text(role))
            conditions.append("u.role = $\(parameters.count)")
        }
        if let isDisabled = filter.isDisabled {
            conditions.append("u.disabled_ms IS \(isDisabled ? "NOT NULL" : "NULL")")
        }
        return try await database.query(
            """
            SELECT \(columns) FROM auth_users u WHERE \(conditions.joined(separator: " AND "))
            ORDER BY u.id LIMIT $2
            """, parameters, user)
    }

    /// False where the id or the address is taken.
    static func insert(
        _ user: User, password: String?, in connection: any SQLConnection
    ) throws -> Bool {
        try connection.execute(
            """
            INSERT INTO auth_users (id, email, name, role, password, password_changed_ms,
                created_ms, email_verified_ms, disabled_ms)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
            """,
            [
                .text(user.id), SQLValue(user.email), SQLValue(user.name), .text(user.role),
                SQLValue(password), password == nil ? .null : .integer(user.createdAt.milliseconds),
                .integer(user.createdAt.milliseconds), SQLValue(user.emailVerifiedAt),
                SQLValue(user.disabledAt),
            ]) == 1
    }

    static func setRole(_ id: String, _ role: String, in connection: any SQLConnection) throws {
        try connection.execute(
            "UPDATE auth_users SET role = $1 WHERE id = $2", [.text(role), .text(id)])
    }

    static func setDisabled(
        _ id: String, _ time: Instant?, in connection: any SQLConnection
    ) throws {
        try connection.execute(
            "UPDATE auth_users SET disabled_ms = $1 WHERE id = $2", [SQLValue(time), .text(id)])
    }

    /// The time of the change tells passwords apart (`CredentialRows.Ground`), so it always grows.
    static func setPassword(
        _ id: String, _ hash: String, at now: Instant, in connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            UPDATE auth_users SET password = $1, password_changed_ms =
                CASE WHEN password_changed_ms >= $2 THEN password_changed_ms + 1 ELSE $2 END
            WHERE id = $3
            """, [.text(hash), .integer(now.milliseconds), .text(id)])
    }

    /// Puts a better hash of the same password in the place of `old`, if that is still there.
    static func upgradePassword(
        _ id: String, from old: String, to new: String, in connection: any SQLConnection
    ) throws {
        try connection.execute(
            "UPDATE auth_users SET password = $1 WHERE id = $2 AND password = $3",
            [.text(new), .text(id), .text(old)])
    }

    static func delete(_ id: String, in connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM auth_users WHERE id = $1", [.text(id)])
    }
}

extension SQLRow {
    func optionalInstant(_ column: Int) throws -> Instant? {
        try optionalInteger(column).map { Instant(milliseconds: $0) }
    }
}

extension SQLValue {
    init(_ time: Instant?) { self = time.map { .integer($0.milliseconds) } ?? .null }
}
