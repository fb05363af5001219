import Glibc

/// The poller also runs tasks that ask for that: an answer then goes to its task without waking a
/// thread.
extension PostgresPool: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        // It looks before it waits.
        if pollerThread.load(ordering: .relaxed) == pthread_self() { return }
        do {
            // There is none before the first call and after the last one.
            try startPoller()
            wakeup.signal()
        } catch {
            // A job must run, and the system has no other thread.
            runJobs()
        }
    }

    /// Runs the jobs that are there now; those that come meanwhile are for the next time.
    func runJobs() {
        let ready = jobs.withLock { jobs in
            defer { jobs = [] }
            return jobs
        }
        for job in ready { job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
}
