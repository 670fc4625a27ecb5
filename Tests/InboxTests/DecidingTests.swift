import Approvals
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// A person decides: what is sent is what was on the screen, once, and only with the answer said.
struct DecidingTests {
    @Test("approving sends the revision and the digest of what is shown, and then says so")
    func approving() {
        let driver = Driver([view(1), view(2, minutes: 20)])
        driver.press("a tab enter")
        // The dialog begins at the safe button; one step further is the other one.
        #expect(driver.server.decided.count == 1)
        #expect(driver.server.decided.first?.id == approvalID(1))
        #expect(driver.server.decided.first?.body.displayedDigest == displayed(view(1)))
        #expect(driver.server.decided.first?.body.fullyShown == true)
        #expect(driver.sentence.hasPrefix("Recorded: you approved"))
    }
}
