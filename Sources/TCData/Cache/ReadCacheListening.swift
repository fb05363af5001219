import Synchronization
import TCCore
import TCStore

extension ReadCache {
    /// Hears of other nodes' changes until the task is cancelled or the shared cache is closed: a
    /// service beside those that read. Until it runs, and while nothing can be heard, this process's own
    /// entries are not used, and each hit of the shared cache is checked there.
    ///
    /// Returns at once for a cache that works alone.
    public func run() async {
        guard !isAlone else { return }
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await self.listen() }
            tasks.addTask { await self.keepConfirming() }
            // Listening ends first, by the end of the shared cache.
            await tasks.next()
            tasks.cancelAll()
        }
        lose()
    }

    private func listen() async {
        while !Task.isCancelled {
            do {
                let subscription = try await sharedCache.subscribe(tags.channel)
                hearing.subscribed()
                while let event = await subscription.next() { hear(event) }
                return
            } catch {
                if (error as? TCError) == .cacheIsClosed { return }
                // There were too many subscriptions, or no thread: later there may not be.
                outage.note(error, at: seams.uptime())
                try? await Task.sleep(for: options.window)
            }
        }
    }

    private func keepConfirming() async {
        while !Task.isCancelled {
            await confirm()
            // Ends early where the task is cancelled, and then the loop does.
            try? await Task.sleep(for: options.window / 4)
        }
    }

    /// Takes what the subscription tells.
    func hear(_ event: CacheEvent) {
        switch event {
        case .message(let bytes):
            // One that cannot be read is missed when its number is, and then all is forgotten.
            guard let message = ChangeMessage(bytes) else { return }
            board.forget(message.names)
            hearing.note(message.number)
        case .lost:
            outage.note(
                TCError(.unavailable, "the shared cache cannot be heard"), at: seams.uptime())
            lose()
        case .resumed: hearing.subscribed()
        }
    }

    private func lose() {
        hearing.lost()
        forgetAll()
    }

    private func forgetAll() {
        board.forgetAll()
        local.removeAll()
    }

    /// Asks whether every message was heard, and tells what is owed: what lets this process go on
    /// relying on what it knows for another window.
    func confirm() async {
        let (askedAt, position, session) = (seams.uptime(), hearing.position, hearing.session)
        do {
            try await payDebts()
            let number = try await tags.newestNumber()
            if hearing.confirm(number, askedAt: askedAt, position: position) == .reset {
                forgetAll()
                hearing.begin(at: number, askedAt: askedAt, in: session)
            }
        } catch { outage.note(error, at: seams.uptime()) }
    }
}
