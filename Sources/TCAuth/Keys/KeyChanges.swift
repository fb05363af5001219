import TCCore
import TCCrypto
import TCStore

/// How keys come and go. Each change is in the database, with its event, when its call returns; other
/// nodes know of it within their `refreshInterval`.
extension KeyRing {
    /// The most keys that are not retired: each is in the key set that others read.
    static let mostKeys = 32

    /// Makes a key, which signs from `KeySettings.overlap` on; until then the one before it does.
    ///
    /// - Parameters:
    ///   - algorithm: nil for that of the settings.
    ///   - now: it signs at once, so that verifiers which keep the key set refuse its tokens until they
    ///     read that again. For when the key that signs is not to be trusted.
    ///   - dryRun: nothing is made; the outcome is what it would be, without `kid`.
    /// - Throws: `configuration` for another algorithm; `notPermitted` where there are `mostKeys`.
    public func rotate(
        algorithm: SignatureAlgorithm? = nil, now: Bool = false, by actor: Actor,
        dryRun: Bool = false
    ) async throws -> KeyOutcome {
        let algorithm = algorithm ?? settings.algorithm
        try KeySettings.check(algorithm)
        if dryRun {
            return try await database.read { connection in
                .rotated(try self.plan(algorithm, nil, now: now, in: connection))
            }
        }
        let made = try await NewKey(algorithm, seams)
        let outcome: KeyOutcome = try await database.write { connection in
            .rotated(try self.add(made, now: now, by: actor, in: connection))
        }
        view.expire()
        return outcome
    }

    /// Ends a key: its private half is erased, and nothing that it signed is believed any more.
    ///
    /// Only a key of which nothing valid is left is retired, or one that will sign and has not begun.
    /// By `force` any is, except the only one that can sign; where it is the one that signs now, the
    /// next takes over at once.
    ///
    /// - Parameters:
    ///   - force: breaks valid tokens: for a key that others have got hold of.
    ///   - dryRun: nothing is changed; the outcome is what it would be.
    public func retire(
        _ kid: String, force: Bool = false, by actor: Actor, dryRun: Bool = false
    ) async throws -> KeyOutcome {
        let body: @Sendable (any SQLConnection) throws -> KeyOutcome = { connection in
            try self.retire(kid, force, by: actor, dryRun, in: connection)
        }
        let outcome = try await dryRun ? database.read(body) : database.write(body)
        if !dryRun { view.expire() }
        return outcome
    }

    /// Makes a key that signs at once where there is none; of several starters one does.
    func makeFirstKey() async throws {
        let isThere: @Sendable (any SQLConnection) throws -> Bool = {
            try !KeyTimeline(KeyRows.all(in: $0)).live.isEmpty
        }
        if try await database.read(isThere) { return }
        let made = try await NewKey(settings.algorithm, seams)
        try await database.write { connection in
            // Serializable: of two who see none, one begins anew and sees the other's.
            if try isThere(connection) { return }
            _ = try self.add(made, now: true, by: .service, in: connection)
        }
    }

    private func add(
        _ made: NewKey, now: Bool, by actor: Actor, in connection: any SQLConnection
    ) throws -> KeyRotation {
        let rotation = try plan(made.key.algorithm, made.kid, now: now, in: connection)
        let sealed = try SealedKey.seal(made.key, kid: made.kid, with: keySealing, seams)
        let last = try KeyRows.all(in: connection).map(\.number).max()
        try KeyRows.insert(
            StoredKey(
                kid: made.kid, number: (last ?? 0) + 1, algorithm: rotation.algorithm,
                sealed: sealed,
                createdAt: rotation.createdAt, signsFrom: rotation.signsFrom,
                longestLifetime: settings.longestLifetime, retiredAt: nil), in: connection)
        try record(
            .keyRotated, about: made.kid, EventData(record: rotation, actor: actor),
            at: rotation.createdAt, in: connection)
        return rotation
    }

    private func plan(
        _ algorithm: SignatureAlgorithm, _ kid: String?, now: Bool, in connection: any SQLConnection
    ) throws -> KeyRotation {
        let timeline = KeyTimeline(try KeyRows.all(in: connection))
        guard timeline.live.count < KeyRing.mostKeys else {
            throw TCError(
                .notPermitted, "there are \(timeline.live.count) keys already, which is the most",
                hint: "retire some: tc auth keys list")
        }
        let moment = seams.now()
        let replaced = timeline.signing(at: moment)
        // A key from a machine whose clock is early has begun later than now.
        let earliest = max(moment, replaced?.signsFrom ?? moment)
        return KeyRotation(
            kid: kid, algorithm: algorithm, state: now ? .signing : .next, createdAt: moment,
            signsFrom: now ? earliest : moment.adding(settings.overlap), replaces: replaced?.kid)
    }

    private func retire(
        _ kid: String, _ force: Bool, by actor: Actor, _ dryRun: Bool,
        in connection: any SQLConnection
    ) throws -> KeyOutcome {
        let timeline = KeyTimeline(try KeyRows.all(in: connection))
        let now = seams.now()
        guard let key = timeline.keys.first(where: { $0.kid == kid }) else {
            return .notFound(kid: kid)
        }
        if key.retiredAt != nil { return .unchanged(timeline.record(key, at: now)) }
        let heir = timeline.heir(of: key, at: now)
        let isFree = timeline.isFree(key, at: now)
        guard isFree || force && heir != .nobody else {
            return .inUse(timeline.record(key, at: now))
        }
        var retired = key
        retired.retiredAt = now
        retired.sealed = nil
        let record = timeline.record(retired, at: now)
        if dryRun { return .retired(record) }
        try KeyRows.retire(key.kid, at: now, in: connection)
        var data = EventData(record: record, actor: actor)
        if !isFree { data.members.append(("forced", "true")) }
        if case .promoted(let next) = heir {
            try KeyRows.setSigning(next, from: now, in: connection)
            data.members.append(("signing", next))
        }
        try self.record(.keyRetired, about: key.kid, data, at: now, in: connection)
        return .retired(record)
    }

    private func record(
        _ type: AuthEventType, about kid: String, _ data: EventData, at now: Instant,
        in connection: any SQLConnection
    ) throws {
        try Outbox.append(
            [CloudEvent(type, about: kid, data, at: now, seams)], to: connection)
    }
}
