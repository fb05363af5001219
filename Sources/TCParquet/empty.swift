import CZstd
import TCCore
public func zstdVersion() -> UInt32 { ZSTD_versionNumber() }
