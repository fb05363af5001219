import Synchronization
import TCCore
import TCStore

extension ReadCache {
    /// Makes a change, and makes invalid on every node what depends on `tags`; when it returns, no read
    /// that begins afterwards gives what was before, within `ReadCacheOptions.window` on other nodes.
    ///
    /// A shared cache that fails does not keep the change from being made; then it is told as soon as
    /// that can be done, and is not used by this node before.
    ///
    /// - Parameters:
    ///   - tags: what is changed, at most 256. A row that is not known by its key is its table.
    ///   - change: returns when the change is committed and throws where it was not. `UnknownOutcome`,
    ///     and any error that is neither `TCErrorConvertible` nor a cancellation, count as unknown: what
    ///     depends on the tags is not kept for `ReadCacheOptions.longestChange`.
    /// - Throws: what `change` throws; `bad_input` for too many tags, before anything is done.
    public func write<Value: Sendable>(
        tags written: [CacheTag], change: () async throws -> Written<Value>
    ) async throws -> Written<Value> {
        let names = try CacheTag.namesWritten(written)
        let mark = seams.random()
        let isMarked = await begin(names, mark)
        let outcome: Written<Value>
        do { outcome = try await change() } catch {
            if isMarked, ReadCache.tellsOfNoChange(error) { await end(names, mark, lsn: nil) }
            throw error
        }
        if let lsn = outcome.lsn { ownLSN.max(lsn, ordering: .relaxed) }
        if isMarked {
            await end(names, mark, lsn: outcome.lsn)
        } else {
            // They are owed; but who asks on this node from now on must not join who read before.
            board.forget(names)
        }
        return outcome
    }

    /// Makes invalid on every node what depends on `tags`, for a change that was made elsewhere; nil for
    /// everything.
    ///
    /// Throws `unavailable` where the shared cache cannot be told now; it is then told later, as in
    /// `write`.
    public func invalidate(_ tags: [CacheTag]?) async throws {
        let names = try tags.map(CacheTag.namesWritten) ?? [CacheTag.everything]
        do { try await raise(names, limit: .zero) } catch {
            owe(names, because: error)
            throw error
        }
    }

    /// Marks the records, and tells of it before the change can be seen: where this node dies in the
    /// midst of it, the others have forgotten what they know, and see the mark.
    private func begin(_ names: [String], _ mark: UInt64) async -> Bool {
        defer { board.forget(names) }
        guard !names.isEmpty else { return true }
        do {
            _ = try await tags.take(.raise(mark: mark, limit: options.longestChange), on: names)
            try await tags.tell(of: names)
            return true
        } catch {
            owe(names, because: error)
            return false
        }
    }

    /// Ends the marks, and tells again: a mark that was lost meanwhile may have let others learn a stamp
    /// that is no more.
    private func end(_ names: [String], _ mark: UInt64, lsn: UInt64?) async {
        defer { board.forget(names) }
        guard !names.isEmpty else { return }
        do {
            _ = try await tags.take(.lower(mark: mark, lsn: lsn), on: names)
            try await tags.tell(of: names)
        } catch { owe(names, because: error) }
    }

    private static func tellsOfNoChange(_ error: any Error) -> Bool {
        error is CancellationError || error is any TCErrorConvertible && !(error is UnknownOutcome)
    }

    private func owe(_ names: [String], because error: any Error) {
        outage.owe(names)
        outage.note(error, at: seams.uptime())
        board.forget(names)
    }

    /// Raises records for a change whose position is not known, and that has ended after `limit`.
    private func raise(_ names: [String], limit: Duration) async throws {
        defer { board.forget(names) }
        guard !names.isEmpty else { return }
        _ = try await tags.take(.raise(mark: 0, limit: limit), on: names)
        try await tags.tell(of: names)
    }

    /// Tells the shared cache what could not be told before; does nothing where there is nothing. The
    /// changes may still be going on.
    func payDebts() async throws {
        let debts = outage.debts
        guard !debts.isEmpty else { return }
        let names = debts.keys.sorted()
        // As many at a time as a message holds.
        for start in stride(from: 0, to: names.count, by: CacheTag.mostWritten) {
            try await raise(
                Array(names[start...].prefix(CacheTag.mostWritten)), limit: options.longestChange)
        }
        outage.paid(debts)
    }
}
