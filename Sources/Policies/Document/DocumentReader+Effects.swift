import Approvals
import JSONTree

// What rules do.
extension DocumentReader {
    /// An effect with the fields of its kind; a field of another kind is noted.
    mutating func effect(_ value: JSONValue, at pointer: JSONPointer) -> Effect? {
        guard let object = value.objectValue else {
            report(pointer, "This must be an object such as {\"effect\": \"require_approval\"}.")
            return nil
        }
        guard object["effect"] != nil else {
            report(pointer, "\"effect\" is missing: allow, deny or require_approval.")
            return nil
        }
        let named = Fields(object: object, pointer: pointer)
        guard let kind = word(named, "effect", as: EffectKind.self),
            let fields = fields(value, at: pointer, known: kind.fields)
        else { return nil }
        switch kind {
        case .allow: return .allow(isAcknowledged: acknowledgement(fields))
        case .deny:
            return .deny(
                reasonCode: text(fields, "reason_code", bytesMax: PolicyLimits.nameBytesMax),
                instead: text(fields, "instead", bytesMax: PolicyLimits.textBytesMax))
        case .requireApproval: return .requireApproval(terms(fields))
        }
    }

    /// What happens on an error: a person, unless the document says that the call is refused.
    mutating func onError(_ fields: Fields) -> Effect {
        guard let value = fields.object["on_error"],
            let effect = effect(value, at: fields.place("on_error"))
        else { return .requireApproval(ApprovalTerms()) }
        switch effect {
        case .allow:
            report(
                fields.place("on_error").appending("effect"),
                "An error never allows: this must be require_approval or deny.")
        case .deny: break
        case .requireApproval(let terms):
            if terms.posture == .failOpen {
                report(
                    fields.place("on_error").appending("on_timeout"),
                    "An error never releases a call: this must be fail_closed.")
            }
            if terms.allowsFlag {
                report(
                    fields.place("on_error").appending("auto_approve"),
                    "An error never allows, whatever the agent flags: leave this out.")
            }
        }
        return effect
    }

    private mutating func acknowledgement(_ fields: Fields) -> Bool {
        guard let value = fields.object["ack"] else { return false }
        if value.boolValue == true { return true }
        if let words = value.stringValue, (1...PolicyLimits.textBytesMax).contains(words.utf8.count)
        {
            return true
        }
        report(
            fields.place("ack"), "This must be true, or a text that says why everything may run.")
        return false
    }

    private mutating func terms(_ fields: Fields) -> ApprovalTerms {
        var terms = ApprovalTerms()
        terms.group = name(
            fields, "group", as: GroupName.self, allowed: "1 to 63 of a-z, 0-9 and hyphens")
        terms.quorum = integer(fields, "quorum", in: 1...PolicyLimits.quorumMax) ?? 1
        terms.timeoutSeconds = integer(
            fields, "timeout_s", in: 1...PolicyLimits.timeoutSecondsMax)
        terms.posture = word(fields, "on_timeout", as: Posture.self) ?? .failClosed
        terms.risk = word(fields, "risk", as: Risk.self)
        terms.isReasonRequired = flag(fields, "reason_required")
        terms.editLimit = fields.object["edit_limit"]
        terms.allowsFlag = flag(fields, "auto_approve")
        terms.delegation = word(fields, "delegation", as: DelegationRule.self)
        terms.allQuiet = word(fields, "all_quiet", as: AllQuiet.self)
        guard fields.object["editable"] != nil else { return terms }
        terms.editable = list(
            fields, "editable", max: PolicyLimits.editablesMax, named: "editablesMax"
        ).compactMap { element, place in pointer(element, at: place) }
        return terms
    }

    private mutating func pointer(_ value: JSONValue, at place: JSONPointer) -> JSONPointer? {
        do {
            guard let text = value.stringValue else {
                report(place, "This must be a JSON Pointer into the arguments, as in /amount.")
                return nil
            }
            return try JSONPointer(parsing: text)
        } catch {
            report(place, "This is no JSON Pointer: \(error.reason).")
            return nil
        }
    }
}

extension EffectKind {
    /// The fields that an effect of this kind may have.
    fileprivate var fields: [String] {
        switch self {
        case .allow: ["effect", "ack"]
        case .deny: ["effect", "reason_code", "instead"]
        case .requireApproval:
            [
                "effect", "group", "quorum", "timeout_s", "on_timeout", "risk", "reason_required",
                "editable", "edit_limit", "auto_approve", "delegation", "all_quiet",
            ]
        }
    }
}
