import Cryptography
import Dispatch
import Synchronization
import Testing

@testable import ServerShell

@Suite("What one token sends holds nobody else up")
struct FairnessTests {
    private let loud = SHA256.hash([1])
    private let quiet = SHA256.hash([2])

    /// Somebody with one thing to examine is next, however many things another one has.
    @Test func examsTakeTurns() async {
        let room = ExamRoom()
        let done = Mutex<[String]>([])
        let begun = DispatchSemaphore(value: 0)
        let gate = DispatchSemaphore(value: 0)
        room.add(
            { [gate, begun] in
                begun.signal()
                gate.wait()
            }, for: loud)
        begun.wait()
        for _ in 0..<100 { room.add({ done.withLock { $0.append("loud") } }, for: loud) }
        room.add({ done.withLock { $0.append("quiet") } }, for: quiet)
        gate.signal()
        #expect(await room.run(for: quiet) { 7 } == 7)
        let place = done.withLock { $0.firstIndex(of: "quiet") }
        #expect(place == 1)
    }

    /// A token has a number of commands on their way, and another one has its own.
    @Test func commandsOfOneToken() {
        let door = TokenDoor()
        for _ in 0..<TokenDoor.commandsMax { #expect(door.enter(loud)) }
        #expect(!door.enter(loud))
        #expect(door.enter(quiet))
        door.leave(loud)
        #expect(door.enter(loud))
    }

    /// Only what was somebody's is let through unseen.
    @Test func knownTokens() {
        let door = TokenDoor()
        #expect(!door.knows(loud))
        door.remember(loud)
        #expect(door.knows(loud))
        #expect(!door.knows(quiet))
    }
}
