import TCAuth
import TCWire

/// What administrators do with accounts. Each change is told with the id of who asked for it.
extension AuthRoutes {
    private static let admin = RouteAccess.role("admin")
    private static let users: PathPattern = "/v1/auth/admin/users"
    private static let user: PathPattern = "/v1/auth/admin/users/{user_id}"

    var adminUsers: [Route] {
        [
            Route(
                .get, AuthRoutes.users, "Users in the order of their making",
                parameters: RouteParameter.page + [
                    .query("role", .text(1...64), "only those who have it"),
                    .query("disabled", .boolean, "only those who are, or are not"),
                ], access: AuthRoutes.admin,
                answers: [
                    200: .record(AuthRecords.page("users", of: AuthRecords.user), "a page of them")
                ], handler: listUsers),
            Route(
                .post, AuthRoutes.users, "Make an account",
                body: RecordSchema(
                    "a new account",
                    [
                        .required("email", .text(3...254), "what to log in with"),
                        .optional(
                            "password", .text(8...1024), secret: true,
                            "absent for an account that opens by other ways only"),
                        .optional("name", .text(1...200), "of a person or a service"),
                        .optional("role", .text(1...64), "the usual one if absent"),
                    ]), access: AuthRoutes.admin,
                answers: [
                    201: .record(AuthRecords.changedUser(["registered"]), "the account"),
                    409: .problem("there is an account with this address"),
                    422: .refusedFields,
                ], handler: makeUser),
            Route(
                .get, AuthRoutes.user, "A user", parameters: [.userID], access: AuthRoutes.admin,
                answers: [200: .record(AuthRecords.user, "the user"), 404: .noSuchUser],
                handler: showUser),
            Route(
                .delete, AuthRoutes.user, "Remove a user with everything that is theirs",
                parameters: [.userID], access: AuthRoutes.admin,
                answers: [204: .empty("removed; events about them stay"), 404: .noSuchUser]
            ) { request in
                _ = try AuthAnswers.user(
                    await auth.delete(request.user, by: .user(request.caller.userID)))
                return .empty()
            },
        ]
    }

    private func listUsers(_ request: WebRequest) async throws -> WebResponse {
        let filter = UserFilter(
            role: request.parameters["role"]?.string,
            isDisabled: request.parameters["disabled"]?.bool)
        let (after, limit) = request.page
        let page = try await auth.users(filter, after: after, limit: limit)
        return AuthAnswers.page("users", page.users, next: page.next)
    }

    private func makeUser(_ request: WebRequest) async throws -> WebResponse {
        let new = NewUser(
            email: request.text("email"), password: request.body["password"]?.string,
            name: request.body["name"]?.string, role: request.body["role"]?.string)
        let outcome = try await auth.register(new, by: .user(request.caller.userID))
        let response = try AuthAnswers.user(outcome, status: 201)
        guard case .done(_, let user) = outcome else { return response }
        return response.with(header: "location", "\(AuthRoutes.users.text)/\(user.id)")
    }

    private func showUser(_ request: WebRequest) async throws -> WebResponse {
        guard let user = try await auth.user(request.user) else { throw Problem.noSuch("user") }
        return AuthAnswers.record(user)
    }
}

extension WebRequest {
    /// Whom the path names.
    var user: UserKey { .id(pathText("user_id")) }
}
