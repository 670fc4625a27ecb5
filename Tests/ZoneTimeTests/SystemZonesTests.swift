import SystemClock
import Testing
import ZoneTime

/// Goal: whatever zone somebody names, the server has it, under its old names too.
@Suite struct SystemZonesTests {
    @Test(arguments: [
        "UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe",
        "Asia/Calcutta", "America/Argentina/Buenos_Aires",
    ])
    func everyNamedZoneIsThere(_ name: String) throws {
        let system = SystemZones()
        let table = system.all
        #expect(table[name] != nil)
        guard name != "UTC" else { return }
        #expect(try table[name] == system.zone(name), "the same as when it is asked for alone")
    }

    @Test func nothingElseIsThere() {
        let table = SystemZones().all
        for name in ["", "Mars/Base", "tzdata.zi", "../etc/passwd"] { #expect(table[name] == nil) }
        #expect(SystemZones(folder: "/nowhere").all["Europe/Berlin"] == nil)
        #expect(SystemZones(folder: "/nowhere").all["UTC"] != nil)
    }
}
