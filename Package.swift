// swift-tools-version:6.2
import PackageDescription

// Every target is held to the same rules; see Docs/Architecture.md for what each one is for.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// A target that computes: no clock, randomness, environment, file, socket, lock or task.
func pure(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A target that touches the world on behalf of one port; raw pointers are marked `unsafe`.
func adapter(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: name, dependencies: dependencies, swiftSettings: strict + [.strictMemorySafety()])
}

/// A suite of tests, in `Tests/<name>`.
func suite(
    _ name: String, _ dependencies: [Target.Dependency] = [], goldens: [String] = []
) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: goldens, swiftSettings: strict)
}

let argumentParser: Target.Dependency = .product(
    name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals: Target.Dependency = .product(
    name: "UnixSignals", package: "swift-service-lifecycle")
let networking: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
    .product(name: "HTTPTypes", package: "swift-http-types"),
]
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS: Target.Dependency = .product(
    name: "HummingbirdTLS", package: "hummingbird", condition: .when(traits: ["TLS"]))

/// The programs as we ship them: relative relocations packed and no symbol offered to libraries,
/// which spares 2 MB of resident memory; see Docs/Decisions/0015-lean-links.md.
let lean: [LinkerSetting] = [
    .unsafeFlags(
        ["-use-ld=lld"]
            + ["--icf=safe", "-z", "pack-relative-relocs", "--no-export-dynamic"]
            .flatMap { ["-Xlinker", $0] },
        .when(platforms: [.linux], configuration: .release))
]

let cLibraries: [Target] = [
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
    .target(name: "CCurl"),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CLinux"),
    .target(name: "CTerminalGuard"),
    .target(name: "CTOML"),
    .target(name: "CYAML"),
]

let pureTargets: [Target] = [
    pure("JSONTree"),
    .target(
        name: "Cryptography", dependencies: ["CCrypto"],
        swiftSettings: strict + [.strictMemorySafety()]),
    pure("JSONSchema", ["JSONTree"]),
    pure("JSONLogic", ["JSONTree", "JSONSchema"]),
    pure("Redaction", ["JSONTree"]),
    pure("TextGrid"),
    pure("Approvals", ["JSONTree", "Cryptography"]),
    pure("ZoneTime", ["Approvals"]),
    pure("Duty", ["Approvals", "ZoneTime"]),
    pure("Authority", ["JSONTree", "Cryptography", "Approvals"]),
    pure("Reach", ["Approvals", "ZoneTime"]),
    pure("Coverage", ["Approvals", "ZoneTime", "Duty", "Authority", "Reach"]),
    pure("Audit", ["JSONTree", "Cryptography", "Approvals"]),
    pure("AuditVerifier", ["JSONTree", "Cryptography", "Approvals", "Audit", "Policies"]),
    pure("Policies", ["JSONTree", "JSONLogic", "Redaction", "Cryptography", "Approvals"]),
    pure("WireAPI", ["JSONTree", "Cryptography", "Approvals"]),
    pure(
        "ControlPlane",
        [
            "JSONTree", "JSONSchema", "Policies", "Cryptography", "Redaction", "Approvals",
            "Authority", "Audit", "ZoneTime", "Duty", "Reach", "Coverage",
        ]),
    pure(
        "ControlPlaneAPI",
        [
            "JSONTree", "Cryptography", "Approvals", "Authority", "Audit", "Policies", "WireAPI",
            "Gate", "ZoneTime", "Duty", "Reach",
            "ControlPlane",
        ]),
    pure("Manuals", ["JSONTree"]),
    pure("Gate", ["JSONTree", "Cryptography", "Approvals", "Audit", "WireAPI"]),
    pure("MCPGateway", ["JSONTree", "Cryptography", "Approvals", "WireAPI", "Gate"]),
    pure("Keymap"),
    pure("Theming", ["TextGrid"]),
    pure(
        "Inbox",
        [
            "JSONTree", "JSONSchema", "JSONLogic", "Cryptography", "Approvals", "WireAPI", "Keymap",
            "TextGrid", "Audit", "ZoneTime",
        ]),
    pure(
        "InboxViews",
        ["JSONTree", "JSONSchema", "Approvals", "WireAPI", "Keymap", "TextGrid", "Inbox"]),
]

let adapters: [Target] = [
    adapter("SystemClock", ["CLinux", "Approvals", "ZoneTime"]),
    adapter("SettingsFile", ["CTOML", "CLinux", "JSONTree"]),
    adapter("PolicyFile", ["CYAML", "JSONTree"]),
    adapter("Terminal", ["CNcurses", "CLinux", "CTerminalGuard", "TextGrid", "Theming", "Keymap"]),
    adapter("CurlTransport", ["CCurl", "CLinux", "JSONTree", "WireAPI"]),
    adapter(
        "CountersignGate",
        [
            "CLinux", "JSONTree", "Cryptography", "Approvals", "WireAPI", "Gate", "CurlTransport",
            "SystemClock",
        ]),
    adapter("SQLiteDatabase", ["CSQLite", "CLinux"]),
    adapter(
        "InboxCache",
        [
            "SQLiteDatabase", "SystemClock", "CLinux", "JSONTree", "Cryptography", "Approvals",
            "WireAPI", "Inbox",
        ]),
    adapter(
        "SQLiteStore",
        [
            "SQLiteDatabase", "CLinux", "JSONTree", "Cryptography", "Approvals", "Audit",
            "Authority", "ZoneTime", "Duty", "Reach",
            "Policies", "ControlPlane",
        ]),
    adapter(
        "HTTPServer",
        [
            "Approvals", "WireAPI", "ControlPlaneAPI", hummingbirdCore, hummingbirdTLS, logging,
            lifecycle,
        ] + networking),
    adapter(
        "MCPListening",
        [
            "CLinux", "Cryptography", "Approvals", "WireAPI", "ControlPlaneAPI", "MCPGateway",
            "HTTPServer", "SystemClock", logging, lifecycle, signals,
        ] + networking.prefix(2)),
]

let programs: [Target] = [
    .target(
        name: "InboxShell",
        dependencies: [
            "JSONTree", "Approvals", "WireAPI", "Keymap", "TextGrid", "Theming", "Inbox",
            "InboxViews", "Terminal", "CurlTransport", "InboxCache", "SystemClock", "CLinux",
            "SettingsFile",
        ],
        swiftSettings: strict),
    .target(
        name: "ServerShell",
        dependencies: [
            "JSONTree", "Cryptography", "Approvals", "Authority", "Audit", "WireAPI",
            "ControlPlane", "ControlPlaneAPI", "Gate", "SQLiteStore", "HTTPServer", "SystemClock",
            logging, lifecycle, signals,
        ],
        swiftSettings: strict),
    .executableTarget(
        name: "countersign",
        dependencies: [
            "JSONTree", "JSONSchema", "JSONLogic", "Cryptography", "Approvals", "WireAPI", "Gate",
            "MCPGateway", "CountersignGate", "Keymap",
            "TextGrid", "Theming", "Inbox", "InboxViews", "InboxShell", "InboxCache",
            "CurlTransport", "SettingsFile", "SystemClock", "ZoneTime", "CLinux", "Terminal",
            "Manuals",
            "Policies", "PolicyFile", "Audit", "AuditVerifier", argumentParser,
        ],
        swiftSettings: strict, linkerSettings: lean),
    .executableTarget(
        name: "countersignd",
        dependencies: [
            "ServerShell", "SQLiteStore", "SQLiteDatabase", "HTTPServer", "SystemClock",
            "MCPGateway", "MCPListening", "SettingsFile", "Manuals", "JSONTree", "Approvals",
            "CLinux", argumentParser, logging,
        ],
        swiftSettings: strict, linkerSettings: lean),
]

let testSupport: [Target] = [
    .executableTarget(
        name: "RefundAgent", dependencies: ["CountersignGate", "JSONTree"],
        path: "Docs/examples/swift", swiftSettings: strict),
    .target(
        name: "GoldenTesting", dependencies: ["TextGrid"], path: "Tests/GoldenTesting",
        swiftSettings: strict),
    .target(
        name: "Simulation",
        dependencies: [
            "JSONTree", "Cryptography", "Approvals", "Authority", "Audit", "WireAPI", "Duty",
            "ZoneTime", "Policies", "ControlPlane", "ControlPlaneAPI", "Keymap", "TextGrid",
            "Inbox", "InboxViews", "AuditVerifier",
        ],
        path: "Tests/Simulation", swiftSettings: strict),
    .executableTarget(
        name: "Benchmarks",
        dependencies: [
            "JSONTree", "JSONLogic", "Redaction", "Cryptography", "Approvals", "Inbox", "Keymap",
            "TextGrid", "WireAPI", "Policies", "ControlPlane", "SQLiteStore", "Audit",
            "AuditVerifier", "SystemClock", "Authority", "ZoneTime", "Duty", "Reach", "Coverage",
        ],
        path: "Tests/Benchmarks",
        exclude: ["peer.c", "agents.py", "langgraph_server.py", "rules.py", "terminal.py"],
        swiftSettings: strict),
]

let suites: [Target] = [
    suite("TidyTests"),
    suite("JSONTreeTests", ["JSONTree", "Cryptography"]),
    suite("JSONSchemaTests", ["JSONTree", "JSONSchema"]),
    suite("JSONLogicTests", ["JSONTree", "JSONLogic"]),
    suite("RedactionTests", ["JSONTree", "Redaction"]),
    suite("TextGridTests", ["TextGrid", "JSONTree", "GoldenTesting"], goldens: ["Goldens"]),
    suite("KeymapTests", ["Keymap", "GoldenTesting"]),
    suite("ThemingTests", ["Theming", "TextGrid", "GoldenTesting"]),
    suite("TerminalTests", ["Terminal", "TextGrid", "Theming", "Keymap"]),
    suite("ApprovalsTests", ["JSONTree", "Cryptography", "Approvals", "Authority"]),
    suite("AuthorityTests", ["Approvals", "Authority"]),
    suite("ReachTests", ["Approvals", "ZoneTime", "Reach", "SystemClock"]),
    suite(
        "CoverageTests",
        ["Approvals", "ZoneTime", "Duty", "Authority", "Reach", "Coverage", "SystemClock"]),
    suite("DutyTests", ["Approvals", "ZoneTime", "Duty", "SystemClock"]),
    suite("ZoneTimeTests", ["Approvals", "ZoneTime", "SystemClock"], goldens: ["oracle.py"]),
    suite("PoliciesTests", ["JSONTree", "Cryptography", "Approvals", "Redaction", "Policies"]),
    suite("PolicyFileTests", ["PolicyFile", "Policies", "JSONTree"]),
    suite(
        "AuditTests", ["JSONTree", "Cryptography", "Approvals", "Audit", "AuditVerifier"]),
    suite("WireAPITests", ["JSONTree", "Approvals", "WireAPI"]),
    suite(
        "ControlPlaneTests",
        [
            "JSONTree", "Cryptography", "Approvals", "Authority", "Audit", "AuditVerifier",
            "ControlPlane", "ControlPlaneAPI", "WireAPI", "Policies", "Simulation", "ZoneTime",
            "Duty", "Reach", "SystemClock",
        ]),
    suite(
        "ServerTests",
        [
            "JSONTree", "Cryptography", "Approvals", "WireAPI", "ControlPlane", "ServerShell",
            "HTTPServer", logging,
        ]),
    suite(
        "StoreTests",
        [
            "JSONTree", "Cryptography", "Approvals", "Authority", "Audit", "ControlPlane",
            "SQLiteDatabase", "SQLiteStore", "SystemClock", "Policies", "Simulation", "ZoneTime",
            "Duty", "Reach",
        ]),
    suite(
        "InboxTests",
        [
            "JSONTree", "JSONSchema", "Cryptography", "Approvals", "WireAPI", "Keymap", "TextGrid",
            "Inbox", "InboxViews", "Audit", "GoldenTesting", "ZoneTime", "SystemClock",
        ], goldens: ["Goldens"]),
    suite(
        "ClientTests",
        [
            "countersign", "InboxCache", "InboxShell", "SettingsFile", "CurlTransport", "JSONTree",
            "JSONSchema", "JSONLogic", "Cryptography", "WireAPI", "Inbox", "Approvals", "Gate",
            "MCPGateway", "Keymap",
            "TextGrid", "SystemClock", "SQLiteDatabase", "GoldenTesting", "Terminal", "Theming",
            "CLinux", "Manuals", "Policies", "PolicyFile", "Audit", "AuditVerifier",
        ]),
    suite(
        "SimulationTests",
        [
            "JSONTree", "Cryptography", "Approvals", "Authority", "Audit", "WireAPI",
            "ControlPlane", "ControlPlaneAPI", "Inbox", "InboxViews", "Keymap", "TextGrid",
            "Simulation",
        ]),
]

let package = Package(
    name: "countersign",
    products: [
        .executable(name: "countersign", targets: ["countersign"]),
        .executable(name: "countersignd", targets: ["countersignd"]),
        .library(name: "CountersignGate", targets: ["CountersignGate", "JSONTree"]),
    ],
    traits: [
        .trait(name: "TLS", description: "HTTPS in countersignd itself, without a proxy before it"),
        .default(enabledTraits: ["TLS"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        // What Hummingbird stands on, named because its types are used by name.
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0", traits: []),
    ],
    targets: cLibraries + pureTargets + adapters + programs + testSupport + suites,
    cxxLanguageStandard: .cxx17
)
