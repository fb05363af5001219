import TCAuth

/// A user's own sessions.
extension AuthRoutes {
    var sessions: [Route] {
        [
            Route(
                .get, "/v1/auth/sessions", "One's own sessions, the oldest first",
                parameters: RouteParameter.page, access: .user,
                answers: [
                    200: .record(
                        AuthRecords.page("sessions", of: AuthRecords.session), "those that go on")
                ]
            ) { request in
                try await sessionPage(request, of: request.caller.userID, includingEnded: false)
            },
            Route(
                .delete, "/v1/auth/sessions/{session_id}", "End one of one's own sessions",
                parameters: [.path("session_id", .identifier, "ses_…")], access: .user,
                answers: [
                    204: .empty("it has ended, now or before"),
                    404: .problem("one has no such session"),
                ], handler: endSession),
            Route(
                .post, "/v1/auth/sessions/revoke-all", "End all of one's own sessions",
                access: .user,
                answers: [
                    200: .record(AuthRecords.revocation, "all have ended, this one included"),
                    404: .noSuchUser,
                ], handler: endAllSessions),
        ]
    }

    /// A page of anybody's sessions.
    func sessionPage(
        _ request: WebRequest, of userID: String, includingEnded: Bool
    ) async throws -> WebResponse {
        let (after, limit) = request.page
        // One more, so that the last page knows that it is.
        var sessions = try await auth.sessions(
            of: userID, includingEnded: includingEnded, after: after, limit: limit + 1)
        let hasMore = sessions.count > limit
        if hasMore { sessions.removeLast() }
        return AuthAnswers.page("sessions", sessions, next: hasMore ? sessions.last?.id : nil)
    }

    private func endSession(_ request: WebRequest) async throws -> WebResponse {
        let outcome = try await auth.logout(
            sessionID: request.pathText("session_id"), of: request.caller.userID)
        if case .notFound = outcome { throw Problem.noSuch("session") }
        return .empty()
    }

    private func endAllSessions(_ request: WebRequest) async throws -> WebResponse {
        let userID = try request.caller.userID
        let outcome = try await auth.revoke(.user(userID), by: .user(userID))
        return try AuthAnswers.revocation(outcome).with(cookie: cookies.droppingRefresh)
    }
}
