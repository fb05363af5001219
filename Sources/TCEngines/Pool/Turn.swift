import Glibc

/// Lets one thread wait until another gives it its turn: half the system calls of a `Wakeup`.
///
/// It owns a semaphore, which lives at one address.
final class Turn: @unchecked Sendable {
    // Invariant: `semaphore` is set once; the functions on it may be called from any thread.
    private let semaphore: UnsafeMutablePointer<sem_t>

    init() {
        semaphore = .allocate(capacity: 1)
        semaphore.initialize(to: sem_t())
        sem_init(semaphore, 0, 0)
    }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func give() { sem_post(semaphore) }

    func wait() {
        while sem_wait(semaphore) != 0, errno == EINTR {}
    }
}
