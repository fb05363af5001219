// swift-tools-version: 6.2
import PackageDescription

// Dependencies point one way, as Sources/README.md draws them: tc → TCCommands → families → TCStore,
// TCWire, TCParquet → TCCore. A target exists when it binds a C library, needs a dependency that
// others must not have, or is a family.

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "tc",
    products: [.executable(name: "tc", targets: ["tc"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1",
            traits: []),
        .package(
            url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(
            url: "https://github.com/apple/swift-http-types", exact: "1.8.0", traits: []),
    ],
    targets: [
        // C libraries, linked statically: the binary runs on a machine that has none of them.
        .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
        .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
        // Not linked: loaded when a URL asks for it.
        .systemLibrary(name: "CPostgres", providers: [.apt(["libpq-dev"])]),

        // Header only: sixteen-byte comparisons that Swift's SIMD types cannot turn into masks.
        .systemLibrary(name: "CScan"),

        .target(name: "TCCore"),
        .target(name: "TCWire", dependencies: ["TCCore", "CYAML"]),
        .target(name: "TCCrypto", dependencies: ["TCCore", "COpenSSL"]),
        .target(name: "TCParquet", dependencies: ["TCCore", "CZstd"]),
        .target(name: "TCStore", dependencies: ["TCCore"]),
        .target(name: "TCAuth", dependencies: ["TCCore", "TCWire", "TCCrypto", "TCStore"]),
        .target(
            name: "TCEngines",
            dependencies: [
                "TCCore", "TCStore", "CSQLite", "CPostgres", "CHiredis",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]),
        .target(
            name: "TCTelemetry",
            dependencies: ["TCCore", "TCWire", "TCParquet", "TCStore", "CScan"]),
        .target(name: "TCData", dependencies: ["TCCore", "TCWire", "TCCrypto", "TCStore"]),
        .target(
            name: "TCCommands",
            dependencies: [
                "TCCore", "TCWire", "TCCrypto", "TCStore", "TCEngines", "TCTelemetry", "TCAuth",
                "TCData", "TCServe", argumentParser,
            ]),
        .target(
            name: "TCServe",
            dependencies: [
                "TCCore", "TCWire", "TCCrypto", "TCStore", "TCAuth", "TCData",
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdHTTP2", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOExtras", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]),
        .executableTarget(name: "tc", dependencies: ["TCCommands"]),
        .executableTarget(
            name: "TCBench",
            dependencies: [
                "TCCore", "TCWire", "TCCrypto", "TCParquet", "TCStore", "TCEngines", "TCTelemetry",
                "TCAuth", "TCServe", "TCData",
                // What the web layer is held against.
                .product(name: "Hummingbird", package: "hummingbird"),
            ]),

        .testTarget(name: "TCCoreTests", dependencies: ["TCCore"]),
        .testTarget(name: "TCWireTests", dependencies: ["TCCore", "TCWire", "TCBench"]),
        .testTarget(name: "TCCryptoTests", dependencies: ["TCCore", "TCWire", "TCCrypto"]),
        .testTarget(name: "TCParquetTests", dependencies: ["TCParquet"]),
        .testTarget(name: "TCStoreTests", dependencies: ["TCCore", "TCStore"]),
        .testTarget(
            name: "TCAuthTests",
            dependencies: ["TCCore", "TCWire", "TCCrypto", "TCStore", "TCEngines", "TCAuth"]),
        .testTarget(
            name: "TCEnginesTests", dependencies: ["TCCore", "TCStore", "TCEngines", "TCBench"]),
        .testTarget(
            name: "TCTelemetryTests",
            dependencies: ["TCCore", "TCWire", "TCParquet", "TCStore", "TCTelemetry"]),
        .testTarget(
            name: "TCDataTests",
            dependencies: ["TCCore", "TCWire", "TCCrypto", "TCStore", "TCEngines", "TCData"]),
        .testTarget(
            name: "TCServeTests",
            dependencies: [
                "TCCore", "TCWire", "TCCrypto", "TCStore", "TCEngines", "TCAuth", "TCData",
                "TCServe",
            ]),
        .testTarget(
            name: "CLITests", dependencies: ["tc", "TCCommands", "TCCore", "TCWire"],
            exclude: ["Cases", "README.md"]),
    ],
    swiftLanguageModes: [.v6]
)
