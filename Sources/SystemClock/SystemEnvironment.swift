import Glibc

/// The process's environment, and the folders that the XDG rules put our files in.
public struct SystemEnvironment: Sendable {
    /// There is only one environment.
    public init() {}

    /// The value of a variable; nil when it is not set or is empty.
    public subscript(name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }

    /// The user's home folder.
    public var homeFolder: String {
        if let home = self["HOME"], home.hasPrefix("/") { return home }
        guard let entry = unsafe getpwuid(getuid()), let home = unsafe entry.pointee.pw_dir else {
            return "/"
        }
        return unsafe String(cString: home)
    }

    /// Where settings are: `$XDG_CONFIG_HOME/countersign`.
    public var settingsFolder: String { folder("XDG_CONFIG_HOME", orInHome: ".config") }

    /// Where what a restart may need again is kept: `$XDG_STATE_HOME/countersign`.
    public var stateFolder: String { folder("XDG_STATE_HOME", orInHome: ".local/state") }

    /// Where lasting data is kept: `$XDG_DATA_HOME/countersign`.
    public var dataFolder: String { folder("XDG_DATA_HOME", orInHome: ".local/share") }

    /// Where what can be made again is kept: `$XDG_CACHE_HOME/countersign`.
    public var cacheFolder: String { folder("XDG_CACHE_HOME", orInHome: ".cache") }

    /// Where what must not outlive a login is kept: `$XDG_RUNTIME_DIR`; nil when there is none.
    public var runtimeFolder: String? {
        guard let set = self["XDG_RUNTIME_DIR"], set.hasPrefix("/") else { return nil }
        return set
    }

    /// XDG asks that a path which is not absolute be ignored.
    private func folder(_ variable: String, orInHome place: String) -> String {
        if let set = self[variable], set.hasPrefix("/") { return set + "/countersign" }
        return homeFolder + "/" + place + "/countersign"
    }

    /// The name of this machine, for a log.
    public var hostName: String {
        var name = utsname()
        guard unsafe uname(&name) == 0 else { return "localhost" }
        return unsafe withUnsafeBytes(of: name.nodename) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
