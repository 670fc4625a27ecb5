import Glibc
import SettingsFile
import Testing

/// Goal: a secret is only ever in a file that is this user's alone.
struct SecretFileTests {
    @Test func writesAndReads() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a/b/token"
        try SecretFile.write(path, Array("cs_one".utf8))
        #expect(try SecretFile.read(path) == Array("cs_one".utf8))
        try SecretFile.write(path, Array("cs_two".utf8))
        #expect(try SecretFile.read(path) == Array("cs_two".utf8))
        #expect(folder.mode("a") == 0o700)
        #expect(folder.mode("a/b") == 0o700)
        #expect(folder.mode("a/b/token") == 0o600)
        try SecretFile.write(folder.path + "/empty", [])
        #expect(try SecretFile.read(folder.path + "/empty") == [])
        #expect(try folder.names() == ["a", "empty"])
    }

    @Test func removes() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/token"
        try SecretFile.write(path, [1])
        try SecretFile.remove(path)
        try SecretFile.remove(path)
        try SecretFile.remove(folder.path + "/absent/token")
        #expect(throws: SecretFileFailure.absent) { try SecretFile.read(path) }
    }

    @Test(arguments: [0o640, 0o604, 0o660, 0o666, 0o644, 0o610, 0o601] as [mode_t])
    func refusesOpenFiles(mode: mode_t) throws {
        let folder = try TemporaryFolder()
        try folder.write("token", "cs_one", mode: mode)
        #expect(throws: SecretFileFailure.tooOpen(mode: UInt16(mode))) {
            try SecretFile.read(folder.path + "/token")
        }
    }

    @Test(.enabled(if: geteuid() == 0, "Only root can give a file away."))
    func refusesFilesOfOthers() throws {
        let folder = try TemporaryFolder()
        try folder.write("token", "cs_one", mode: 0o600)
        chown(folder.path + "/token", 65_534, 65_534)
        #expect(throws: SecretFileFailure.foreignOwner) {
            try SecretFile.read(folder.path + "/token")
        }
        chown(folder.path, 65_534, 65_534)
        #expect(throws: SecretFileFailure.foreignFolder) {
            try SecretFile.write(folder.path + "/token", [1])
        }
    }

    @Test func refusesLinks() throws {
        let folder = try TemporaryFolder()
        try folder.write("real", "cs_one", mode: 0o600)
        symlink(folder.path + "/real", folder.path + "/token")
        #expect(throws: SecretFileFailure.symbolicLink) {
            try SecretFile.read(folder.path + "/token")
        }
    }

    /// Method: writing over a link replaces the link and leaves what it led to.
    @Test func replacesLinks() throws {
        let folder = try TemporaryFolder()
        try folder.write("real", "other", mode: 0o644)
        symlink(folder.path + "/real", folder.path + "/token")
        try SecretFile.write(folder.path + "/token", [7])
        #expect(try SecretFile.read(folder.path + "/token") == [7])
        #expect(folder.mode("real") == 0o644)
    }

    @Test func refusesWhatIsNoFile() throws {
        let folder = try TemporaryFolder()
        mkdir(folder.path + "/folder", 0o700)
        mkfifo(folder.path + "/pipe", 0o600)
        for name in ["folder", "pipe"] {
            #expect(throws: SecretFileFailure.notPlain) {
                try SecretFile.read(folder.path + "/" + name)
            }
        }
        #expect(throws: SecretFileFailure.notPlain) { try SecretFile.write("", [1]) }
        #expect(throws: SecretFileFailure.self) {
            try SecretFile.write(folder.path + "/folder", [1])
        }
        #expect(try folder.names() == ["folder", "pipe"])
    }

    @Test func refusesOpenFolders() throws {
        let folder = try TemporaryFolder()
        chmod(folder.path, 0o777)
        #expect(throws: SecretFileFailure.openFolder) {
            try SecretFile.write(folder.path + "/token", [1])
        }
        #expect(try folder.names().isEmpty)
    }

    @Test func boundsSize() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/token"
        let most = [UInt8](repeating: 1, count: SecretFile.bytesMax)
        try SecretFile.write(path, most)
        #expect(try SecretFile.read(path) == most)
        let failure = SecretFileFailure.tooLarge(bytesMax: SecretFile.bytesMax)
        #expect(throws: failure) { try SecretFile.write(path, most + [1]) }
        try folder.write("long", String(repeating: "x", count: most.count + 1), mode: 0o600)
        #expect(throws: failure) { try SecretFile.read(folder.path + "/long") }
    }

    /// Method: a folder that is a link to nowhere can neither be made nor entered.
    @Test func refusesDanglingFolders() throws {
        let folder = try TemporaryFolder()
        symlink(folder.path + "/nowhere", folder.path + "/link")
        #expect(throws: SecretFileFailure.absent) {
            try SecretFile.write(folder.path + "/link/deep/token", [1])
        }
    }

    /// Method: what a crash left under the name of the draft does not stand in the way.
    @Test func survivesLeftovers() throws {
        let folder = try TemporaryFolder()
        try folder.write(".token.\(getpid()).draft", "half", mode: 0o600)
        try SecretFile.write(folder.path + "/token", [1])
        #expect(try folder.names() == ["token"])
    }
}
