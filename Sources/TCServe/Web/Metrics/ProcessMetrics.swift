import Glibc

extension Metrics {
    /// What the kernel says of this process, by the names that Prometheus' own clients use.
    ///
    /// - Parameter startedAt: in seconds since 1970.
    func showProcess(startedAt: Double) {
        reading("process_start_time_seconds", "When the process started, since 1970.") { startedAt }
        reading(
            "process_cpu_seconds_total", "Processor time used, in user and system.", onlyGrows: true
        ) {
            var usage = rusage()
            guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return nil }
            let times = [usage.ru_utime, usage.ru_stime]
            return times.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
        }
        reading("process_resident_memory_bytes", "Memory held.") {
            // The second number is in pages.
            let fields = smallFile("/proc/self/statm").split(separator: " ")
            return fields.count > 1 ? Double(fields[1]).map { $0 * Double(getpagesize()) } : nil
        }
        reading("process_open_fds", "Open file descriptors.") { descriptorCount().map(Double.init) }
        reading("process_max_fds", "How many file descriptors may be open.") {
            var limit = rlimit()
            guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
                return nil
            }
            return Double(limit.rlim_cur)
        }
    }
}

/// The beginning of a file of the kernel's, whose text fits 256 bytes; empty where there is none.
private func smallFile(_ path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = read(descriptor, &bytes, bytes.count)
    return String(decoding: bytes[..<max(0, count)], as: UTF8.self)
}

private func descriptorCount() -> Int? {
    guard let folder = opendir("/proc/self/fd") else { return nil }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    // `.`, `..` and the folder itself.
    return count - 3
}
