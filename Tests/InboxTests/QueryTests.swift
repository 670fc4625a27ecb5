import Approvals
import Testing
import WireAPI

@testable import Inbox

/// What is typed after `/` means what it says, or says what is wrong with it.
struct QueryTests {
    private func read(_ text: String) -> Result<Query, QueryProblem> {
        do throws(QueryProblem) {
            return .success(try Query(parsing: text))
        } catch {
            return .failure(error)
        }
    }

    /// Five rows that differ in every fact.
    private var rows: [ApprovalSummary] {
        var rows = [
            row(1, summary: "184 to cus_91 (dup?)", risk: .low, minutes: 1),
            row(2, tool: "send_email", summary: nil, risk: .high, minutes: 4),
            row(3, tool: "db.execute", summary: "DELETE FROM Sessions", agent: "bot b", minutes: 9),
            row(4, tool: "refund_all", summary: "all", risk: .critical, minutes: 90),
            row(5, summary: "old", minutes: 30, state: .approved),
        ]
        rows[0].runID = "run-7F3A"
        rows[1].youCanDecide = false
        rows[2].youCanDecide = true
        rows[2].reviewing = ["ben@acme.test"]
        rows[3].createdAt = noon.adding(seconds: -3_600)
        rows[3].posture = .failOpen
        return rows
    }

    private func found(_ text: String) throws -> [Int] {
        var store = RowStore()
        let slots = rows.map { store.put($0) }
        var facts = QueryFacts()
        facts.serverTime = noon
        facts.groups = ["finance"]
        facts.name = "ada@acme.test"
        facts.marked = [PackedID(approvalID(2))]
        facts.drafts = [PackedID(approvalID(3))]
        var matcher = QueryMatcher(try Query(parsing: text).node, facts)
        return matcher.filter(slots, in: store).map { Int($0) + 1 }
    }

    @Test(
        "each question, asked of five rows",
        arguments: [
            ("", [1, 2, 3, 4, 5]), ("   ", [1, 2, 3, 4, 5]),
            ("refund", [1, 4, 5]), ("REFUND cus_91", [1]), ("sessions delete", [3]),
            ("\"from sess\"", [3]), ("\"sess from\"", []), ("high", [2]), ("(dup?)", [1]),
            ("tool:refund", [1, 4, 5]), ("tool:refund*", [4]), ("tool:*refund", [1, 5]),
            ("tool:*e*e*", [1, 2, 3, 5]), ("tool=issue_refund", [1, 5]), ("tool=refund", []),
            ("tool!=refund", [2, 3]), ("agent:\"bot b\"", [3]), ("group:fin", [1, 2, 3, 4, 5]),
            ("run:7f", [1]), ("run:run-*", [1]), ("run:x", []),
            ("risk>=high", [2, 4]), ("risk:high", [2]), ("risk=high", [2]), ("risk<med", [1]),
            ("risk!=medium", [1, 2, 4]), ("risk>crit", []), ("RISK:Low", [1]),
            ("state:pending", [1, 2, 3, 4]), ("state!=pending", [5]),
            ("left<5m", [1, 2]), ("left<=4m", [1, 2]), ("left>1h", [4]), ("left<90s", [1]),
            ("age>10m", [4]), ("age<1d", [1, 2, 3, 4, 5]),
            ("is:mine", [1, 3, 4]), ("is:marked", [2]), ("is:draft", [3]), ("is:edited", []),
            ("is:urgent", [1]), ("is:reviewed", [3]), ("is:open", [1, 2, 3, 4]),
            ("is:failopen", [4]), ("is:expired", []), ("is!=open", [5]),
            ("-refund", [2, 3]), ("not refund", [2, 3]), ("-risk>=high", [1, 3, 5]),
            ("-(refund or email)", [3]), ("not not refund", [1, 4, 5]),
            ("tool:email or risk:critical", [2, 4]),
            ("refund left<5m or tool:db", [1, 3]), ("refund and risk:low", [1]),
            ("(tool:email or tool:db) risk:high", [2]), ("refund sort:risk by:tool", [1, 4, 5]),
        ] as [(String, [Int])])
    func finding(_ text: String, _ numbers: [Int]) throws {
        #expect(try found(text) == numbers)
    }

    @Test("sort and by are taken out of what is asked")
    func arranging() throws {
        let query = try Query(parsing: "sort:newest left<5m by:agent")
        #expect(query.order == .newest)
        #expect(query.grouping == .agent)
        #expect(try Query(parsing: "left<5m").node == query.node)
    }

    @Test(
        "what is wrong is said with its place; what more typing mends is told apart",
        arguments: [
            ("tol:refund", 0, false), ("x tol:refund", 2, false), ("é tol:x", 2, false),
            ("left<5", 5, true), ("left<5x", 5, false), ("left<", 5, true), ("left:5m", 0, false),
            ("left<99999999999m", 5, false), ("risk>=hi", 6, true), ("risk>=hi x", 6, false),
            ("risk>=worse", 6, false), ("is:mien", 3, false), ("is:mi", 3, true),
            ("is>mine", 0, false), ("tool:", 5, true), ("tool: x", 5, false),
            ("\"open", 0, true), ("(a or b", 0, true), ("a or", 4, true), ("or a", 0, false),
            ("not", 0, true), ("-(sort:risk)", 2, false), ("sort:best", 5, false),
            ("a ()", 3, false), ("state:gone", 6, false),
        ] as [(String, Int, Bool)])
    func problems(_ text: String, _ column: Int, _ isUnfinished: Bool) {
        guard case .failure(let problem) = read(text) else {
            Issue.record("\(text) was understood")
            return
        }
        #expect(problem.column == column, "\(problem.text)")
        #expect(problem.isUnfinished == isUnfinished, "\(problem.text)")
    }

    @Test("nesting has an end, and no text traps")
    func anything() {
        guard case .failure = read(String(repeating: "(", count: 400)) else {
            Issue.record("nothing nests so deep")
            return
        }
        var dice = Dice(11)
        let pieces = [
            "tool", ":", "risk", ">=", "high", "(", ")", "\"", "-", "not ", "or ", " ", "left",
            "<", "5", "m", "é", "\u{202E}", "*", "is:", "mine", "sort:", "by:", "and ",
        ]
        for _ in 0..<5_000 {
            let text = (0..<dice.roll(12)).map { _ in pieces[dice.roll(pieces.count)] }.joined()
            switch read(text) {
            case .success(let query): #expect(query.text == text)
            case .failure(let problem):
                #expect((0...text.unicodeScalars.count).contains(problem.column), "\(text)")
            }
        }
    }

    @Test(
        "only a query that surely finds less searches among what was found",
        arguments: [
            ("ref", "refu", true), ("refu", "ref", false), ("ref", "ref x", true),
            ("-ref", "-refu", false), ("ref", "ref or x", false), ("a or b", "a", true),
            ("tool:re", "tool:refund", true), ("tool:re", "tool=refund", true),
            ("tool:re*", "tool:re*f", false), ("left<5m", "left<5m x", false),
            ("risk>=high", "risk>=high x", true), ("risk>=high", "risk:high", false),
        ] as [(String, String, Bool)])
    func narrowing(_ wide: String, _ narrow: String, _ narrows: Bool) throws {
        let wider = try Query(parsing: wide).node
        #expect(try Query(parsing: narrow).node.narrows(wider) == narrows)
    }

    @Test("searching among what was found finds what searching everything finds")
    func incremental() throws {
        var dice = Dice(5)
        var queue = Queue()
        queue.put(
            (1...300).map { number in
                row(
                    number, tool: ["issue_refund", "send_email", "db"][number % 3],
                    summary: "call \(dice.roll(50)) of \(dice.roll(9))", agent: "bot-\(number % 4)",
                    risk: Risk.allCases[number % 4], minutes: number)
            })
        queue.isSettling = false
        let terms = ["call", "1", "of 3", "tool:e", "-db", "risk>=high", "re or 2", "agent:bot-1"]
        for _ in 0..<200 {
            var text = ""
            for _ in 0...dice.roll(3) {
                for scalar in (text.isEmpty ? "" : " ") + terms[dice.roll(terms.count)] {
                    text.append(scalar)
                    guard case .success(let query) = read(text) else { continue }
                    queue.show(query, QueryFacts())
                    var matcher = QueryMatcher(query.node, QueryFacts())
                    #expect(queue.shown == matcher.filter(queue.listed, in: queue.store), "\(text)")
                }
            }
            queue.show(nil, QueryFacts())
        }
    }

    @Test(
        "what could be written next",
        arguments: [
            ("", ["tool:", "agent:"]), ("ri", ["risk>="]), ("x to", ["tool:"]),
            ("tool:", ["issue_refund", "\"a b\""]), ("-tool:iss", ["issue_refund"]),
            ("tool:a", ["\"a b\""]), ("risk>=", ["low", "medium"]), ("is:mi", ["mine"]),
            ("is:mine", []), ("(left<", ["2m", "5m"]), ("words", []), ("zz:", []),
        ] as [(String, [String])])
    func completing(_ text: String, _ expected: [String]) {
        let completion = QueryCompletion(TextField(text, bytesMax: 200)) { field in
            field == .tool ? [("issue_refund", 3), ("a b", 1)] : []
        }
        let written = completion.candidates.map(\.text)
        for (candidate, wanted) in zip(written, expected) { #expect(candidate.hasSuffix(wanted)) }
        #expect(written.isEmpty == expected.isEmpty, "\(written)")
    }

    @Test("tab goes through the candidates and leaves the rest of the line as it is")
    func cycling() {
        var field = TextField("risk: x", bytesMax: 200)
        field.moveCursor(to: 5)
        var completion = QueryCompletion(field) { _ in [] }
        #expect(completion.next()?.text == "risk:low x")
        #expect(completion.next()?.text == "risk:medium x")
        #expect(completion.next(isBack: true)?.text == "risk:low x")
        #expect(completion.next(isBack: true)?.text == "risk:critical x")
    }
}
