import CountersignGate
import JSONTree

// An agent with one tool. COUNTERSIGN_URL and COUNTERSIGN_TOKEN name the control plane and who
// it is.

var call = GatedCall("issue_refund", ["customer_id": "cus_91", "amount_cents": 184_000])
call.summary = "€1,840.00 back to cus_91"
call.runID = CommandLine.arguments.dropFirst().first
call.callID = "refund-1"

do {
    let gate = try CountersignGate.fromEnvironment()
    let answer = try await gate.run(call) { call in
        // A tool that takes an idempotency key is given `call.approval`.
        let note = call.isEdited ? ", as a person changed it" : ""
        return "refunded \(call.arguments.text(.compact))\(note)"
    }
    print(answer)
} catch let failure as GateFailure {
    print("not refunded: \(failure)")
}
