import CPostgres
import Glibc
import TCCore

/// libpq, loaded into this process when the first database of its kind is opened and never unloaded.
///
/// The functions are plain C pointers that may be called from any thread.
struct LibPQ: @unchecked Sendable {
    // Invariant: every entry is set and stays valid, since the library is never closed.
    let functions: tc_libpq

    /// Debian's `libpq5`; its major version has been 5 since 2006.
    private static let fileName = "libpq.so.5"

    /// Loads the library; once it is loaded, that costs a look-up.
    static func load() throws(TCError) -> LibPQ {
        guard let library = dlopen(fileName, RTLD_NOW | RTLD_LOCAL) else {
            throw TCError(
                .unavailable, "PostgreSQL's client library \(fileName) cannot be loaded",
                hint: "install the package libpq5")
        }
        var missing: UnsafePointer<CChar>?
        let functions = tc_libpq_load(library, &missing)
        if let missing {
            throw TCError(
                .unavailable, "\(fileName) has no \(String(cString: missing))",
                hint: "libpq 14 or newer is needed")
        }
        return LibPQ(functions: functions)
    }
}
