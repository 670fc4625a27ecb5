import Glibc
import SystemClock
import Testing

@Suite("The operating system's clocks, chance and environment come through one door")
struct SystemClockTests {
    private let clock = SystemClock()

    @Test("Clocks that never jump go forward, and the wall clock is after this was written")
    func clocks() {
        let monotonic = (0..<100).map { _ in clock.monotonicMilliseconds }
        #expect(monotonic == monotonic.sorted())
        let boot = (0..<100).map { _ in clock.bootMilliseconds }
        #expect(boot == boot.sorted())
        #expect(clock.bootMilliseconds >= monotonic[0])
        #expect(clock.wallMilliseconds > 1_750_000_000_000)
    }

    @Test("A run of the machine has one name")
    func bootID() throws {
        let name = try #require(clock.bootID)
        #expect(name.utf8.count == 36)
        #expect(name == clock.bootID)
    }

    @Test(
        "Random bytes are as many as asked for, and others each time", arguments: [0, 1, 32, 9_999])
    func entropy(count: Int) {
        let source = SystemEntropy()
        #expect(source.bytes(count).count == count)
        if count >= 32 { #expect(source.bytes(count) != source.bytes(count)) }
    }

    @Test("Folders follow the XDG rules; a path that is not absolute is ignored")
    func folders() {
        let environment = SystemEnvironment()
        let old = environment["XDG_STATE_HOME"]
        defer {
            if let old { setenv("XDG_STATE_HOME", old, 1) } else { unsetenv("XDG_STATE_HOME") }
        }
        setenv("XDG_STATE_HOME", "/somewhere", 1)
        #expect(environment.stateFolder == "/somewhere/countersign")
        setenv("XDG_STATE_HOME", "relative", 1)
        #expect(environment.stateFolder == environment.homeFolder + "/.local/state/countersign")
        setenv("XDG_STATE_HOME", "", 1)
        #expect(environment["XDG_STATE_HOME"] == nil)
        #expect(environment.stateFolder == environment.homeFolder + "/.local/state/countersign")
    }
}
