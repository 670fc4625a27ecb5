import Approvals
import Foundation
import Inbox
import InboxViews
import JSONTree
import Keymap
import TextGrid
import Testing
import WireAPI

/// Whatever is pressed, however the screen is and whatever the server does, the inbox never traps
/// and never says of a decision that it was recorded when it was not.
struct FuzzTests {
    private static let keys = [
        "j", "k", "g", "G", "enter", "esc", "tab", "shift-tab", "a", "r", "y", "e", "E", "d", "x",
        "c", "R", "v", "o", "t", "z", "u", "ctrl-r", "space", "del", "bs", "left", "right", "up",
        "down", "home", "end", "pgup", "pgdn", "ctrl-d", "ctrl-u", "/", ":", "?", "H", "Q", "s",
        "n",
        "N", "J", "K", "p", "-", "h", "l", "X", "1", "5", "\"", "\\", "ctrl-j", "ctrl-w", "ctrl-l",
        "f1", "q", "ctrl-z", "esc esc a y", "esc esc enter pgdn pgdn a \"184000\" enter enter y",
        "r \"no\" enter y", "e j enter ctrl-u \"5\" enter esc a y", "esc esc g j a y",
        "* a", "V", "* i", "* n", "esc esc g * a a pgdn pgdn pgdn pgdn y",
        "esc esc * a r \"no\" enter y", "space j space a enter pgdn y",
    ]

    @Test("random keys, sizes, answers and failures; COUNTERSIGN_SEEDS says how many seeds")
    func random() {
        let seeds = ProcessInfo.processInfo.environment["COUNTERSIGN_SEEDS"].flatMap { UInt64($0) }
        var decided = 0
        for seed in 0..<(seeds ?? 8) { decided += run(seed: seed, steps: 400) }
        #expect(decided > 0, "some of the keys decided something, or nothing was tried")
    }

    /// Returns how many decisions the server recorded.
    private func run(seed: UInt64, steps: Int) -> Int {
        var dice = Dice(seed)
        let driver = Driver(
            Self.views, size: size(&dice), settings: InboxSettings(undoSeconds: dice.roll(2) * 3))
        var next = 10
        for _ in 0..<steps {
            step(driver, &dice, &next)
            let layout = driver.inbox.layout
            let grid = driver.draw()
            if layout.arrangement != .tiny {
                #expect(grid.cursor != nil, "seed \(seed): the cursor is on the focus")
            }
            checkHonesty(driver, seed)
        }
        return driver.server.decided.count
    }

    private func step(_ driver: Driver, _ dice: inout Dice, _ next: inout Int) {
        switch dice.roll(100) {
        case 0..<70:
            let key = Self.keys[dice.roll(Self.keys.count)]
            driver.press(key == "\"" ? "a" : key, pause: dice.roll(3) == 0 ? 0 : 400)
        case 70..<76: driver.tell(.resized(size(&dice)))
        case 76..<78: driver.tell(.paste("50000\n\u{1B}[2J"))
        case 78..<80: driver.line = [.good, .down, .deaf][dice.roll(3)]
        case 80..<84: driver.advance(Int64(dice.roll(40_000)))
        case 84..<88:
            driver.server.change(1 + dice.roll(6)) { view in
                view.requirement.deadline = view.requirement.deadline.adding(seconds: 30)
            }
            driver.news()
        case 88..<91:
            driver.server.change(1 + dice.roll(6)) { $0.state = .cancelled }
            driver.news()
        case 91..<94:
            driver.server.put(view(next, minutes: 1 + dice.roll(60)))
            next += 1
            driver.news()
        case 94:
            driver.server.feed.append(
                InboxChange(kind: .gone, id: approvalID(1 + dice.roll(6))))
            driver.news()
        case 95: driver.tell(.editorReturned(.success("{\"amount_cents\": 1, \"x\": [1, {}]}")))
        case 96: driver.tell(.resumed)
        case 97: driver.server.oldestCursor = driver.server.feed.count / 2
        case 98: driver.server.scripted.append(("/v1/inbox", HTTPResponse(status: 503)))
        case _: driver.server.scripted.append(("/v1/approvals", HTTPResponse(status: 500)))
        }
    }

    /// “Recorded” is only said when the server has recorded it.
    private func checkHonesty(_ driver: Driver, _ seed: UInt64) {
        guard driver.sentence.hasPrefix("Recorded") else { return }
        #expect(!driver.server.decided.isEmpty, "seed \(seed): nothing was recorded")
    }

    private func size(_ dice: inout Dice) -> GridSize {
        GridSize(columns: 1 + dice.roll(220), rows: 1 + dice.roll(60))
    }

    static let views: [ApproverView] = [
        view(1, minutes: 2), view(2, risk: .high, minutes: 4),
        view(
            3,
            arguments: json(
                #"{"recipient": {"iban": {"$redacted": "r1"}}, "n": [1, 2, [3]], "e": {}, "s": ""}"#
            ),
            redacted: [RedactedBody(pointer: "/recipient/iban", handle: "r1", kind: "string")]),
        view(4, arguments: .object(JSONObject([("long", .string(text(30_000)))])), minutes: 30),
        view(5, arguments: [:], risk: .low, minutes: 50),
        view(
            6,
            schema: json(
                #"{"properties": {"amount_cents": {"type": "integer", "maximum": 184000}}}"#),
            editable: ["/amount_cents"]),
    ]

    private static func text(_ count: Int) -> String {
        String((0..<count).map { Character(UnicodeScalar(UInt8(97 + $0 % 26))) })
    }
}

/// Numbers that look random and are the same for the same seed.
struct Dice {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    /// One of `0..<sides`.
    mutating func roll(_ sides: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 33) % max(1, sides)
    }
}
