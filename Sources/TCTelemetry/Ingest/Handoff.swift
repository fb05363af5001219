import Glibc

/// A bounded queue between threads that may wait: what is encoded waits here to be written.
///
/// `@unchecked Sendable`: everything is guarded by `mutex`.
final class Handoff<Item>: @unchecked Sendable {
    private let limit: Int
    private var items: [Item] = []
    private var isClosed = false
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let changed: UnsafeMutablePointer<pthread_cond_t>

    /// `limit` items may wait; giving one more waits until there is room.
    init(limit: Int) {
        self.limit = limit
        mutex = .allocate(capacity: 1)
        changed = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    /// Gives an item; false, and the item dropped, where the queue was closed.
    func give(_ item: sending Item) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while items.count >= limit, !isClosed { pthread_cond_wait(changed, mutex) }
        guard !isClosed else { return false }
        items.append(item)
        pthread_cond_broadcast(changed)
        return true
    }

    /// The next item; nil once the queue is closed and empty.
    func take() -> Item? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while items.isEmpty, !isClosed { pthread_cond_wait(changed, mutex) }
        guard !items.isEmpty else { return nil }
        let item = items.removeFirst()
        pthread_cond_broadcast(changed)
        return item
    }

    /// Ends the queue: nothing more is taken in.
    func close() {
        pthread_mutex_lock(mutex)
        isClosed = true
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }
}
