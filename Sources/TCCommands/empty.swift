import ArgumentParser
import TCParquet
public func go() { print(zstdVersion()) }
