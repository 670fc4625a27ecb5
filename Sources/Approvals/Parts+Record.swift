import Cryptography
import JSONTree

extension Context {
    var record: JSONValue {
        var members = RecordMembers()
        members.put("summary", text: summary)
        members.put("reason", text: reason)
        members.put("preview", text: preview)
        members.put(
            "links", list: links.map { ["title": .string($0.title), "url": .string($0.url)] })
        return members.value
    }

    init(record whole: RecordFields) throws(RecordError) {
        let fields = try RecordFields(try whole.value("context"), of: "context")
        self.init(
            summary: try fields.optional("summary", \.recordText),
            reason: try fields.optional("reason", \.recordText),
            preview: try fields.optional("preview", \.recordText),
            links: try fields.records("links") { (link) throws(RecordError) in
                Link(
                    title: try link.required("title", \.recordText),
                    url: try link.required("url", \.recordText))
            })
    }
}

extension Origin {
    var record: JSONValue {
        var members = RecordMembers()
        members.put("framework", text: framework)
        members.put("run", text: runID)
        members.put("call", text: callID)
        members.put("session", text: sessionID)
        return members.value
    }

    init(record whole: RecordFields) throws(RecordError) {
        let fields = try RecordFields(try whole.value("origin"), of: "origin")
        self.init(
            framework: try fields.optional("framework", \.recordText),
            runID: try fields.optional("run", \.recordText),
            callID: try fields.optional("call", \.recordText),
            sessionID: try fields.optional("session", \.recordText))
    }
}

extension Uptime {
    var record: JSONValue {
        ["boot": .string(boot), "ms": .number(JSONNumber(milliseconds))]
    }

    init(record fields: RecordFields) throws(RecordError) {
        self.init(
            boot: try fields.required("boot", \.recordText),
            milliseconds: try fields.required("ms", \.intValue))
    }
}

extension Requirement {
    var record: JSONValue {
        var members = RecordMembers()
        members.put("group", text: group.rawValue)
        members.put("assignee", text: assignee?.rawValue)
        members.put("quorum", int: quorum)
        members.put("deadline", instant: deadline)
        members.put("posture", text: posture.rawValue)
        if case .only(let pointers) = envelope {
            members.put("envelope", .array(pointers.map { .string($0.description) }))
        }
        members.put("rule", text: rule)
        members.put("delegation", text: delegation?.rawValue)
        return members.value
    }

    init(record whole: RecordFields) throws(RecordError) {
        let fields = try RecordFields(try whole.value("requirement"), of: "requirement")
        self.init(
            group: try fields.required("group") { $0.recordName(GroupName.self) },
            assignee: try fields.optional("assignee") { $0.recordName(MemberID.self) },
            quorum: try fields.required("quorum", \.recordInt),
            deadline: try fields.required("deadline", \.recordInstant),
            posture: try fields.required("posture") { $0.recordWord(Posture.self) },
            envelope: fields.object["envelope"] == nil
                ? .anything : .only(try fields.list("envelope", \.recordPointer)),
            rule: try fields.required("rule", \.recordText),
            delegation: try fields.optional("delegation") { $0.recordWord(DelegationRule.self) })
    }
}

extension Provenance {
    var record: JSONValue { ["basis": .string(basis), "reference": .string(reference)] }

    init(record fields: RecordFields) throws(RecordError) {
        let reference = try fields.required("reference", \.recordText)
        switch try fields.required("basis", \.recordText) {
        case "person":
            self = .person(try fields.required("reference") { $0.recordName(MemberID.self) })
        case "break_glass":
            self = .breakGlass(try fields.required("reference") { $0.recordName(MemberID.self) })
        case "policy": self = .policy(reference)
        case "tool_flag": self = .toolFlag
        case "grant": self = .grant(reference)
        case "timeout": self = .timeout(reference)
        default: throw RecordError(member: "basis")
        }
    }
}

extension Decision {
    var record: JSONValue {
        var members = RecordMembers()
        members.put("verdict", text: verdict.rawValue)
        members.put("by", text: by.rawValue)
        members.put("on_behalf_of", text: onBehalfOf?.rawValue)
        members.put("edits", list: edits.operations.map(\.json))
        members.put("comment", text: comment)
        members.put("revision", int: revision)
        members.put("displayed", digest: displayedDigest)
        members.put("at", instant: at)
        members.put("key", text: key)
        members.put("wish", wish?.record)
        members.put("grant", text: grant?.rawValue)
        members.put("break_glass", flag: isBreakGlass)
        return members.value
    }

    init(record fields: RecordFields) throws(RecordError) {
        self.init(
            try fields.required("verdict") { $0.recordWord(Verdict.self) },
            by: try fields.required("by") { $0.recordName(MemberID.self) },
            onBehalfOf: try fields.optional("on_behalf_of") { $0.recordName(MemberID.self) },
            edits: try fields.optional("edits", \.recordPatch) ?? JSONPatch(),
            comment: try fields.optional("comment", \.recordText),
            revision: try fields.required("revision", \.recordInt),
            displayedDigest: try fields.required("displayed", \.recordDigest),
            at: try fields.required("at", \.recordInstant),
            key: try fields.optional("key", \.recordText),
            wish: try fields.record("wish", GrantWish.init(record:)))
        grant = try fields.optional("grant") { $0.recordName(GrantID.self) }
        isBreakGlass = try fields.optional("break_glass", \.boolValue) ?? false
    }
}

extension Comment {
    var record: JSONValue {
        [
            "by": .string(by.rawValue), "at": .number(JSONNumber(at.milliseconds)),
            "text": .string(text),
        ]
    }

    init(record fields: RecordFields) throws(RecordError) {
        self.init(
            by: try fields.required("by") { $0.recordName(MemberID.self) },
            at: try fields.required("at", \.recordInstant),
            text: try fields.required("text", \.recordText))
    }
}

extension Reviewer {
    var record: JSONValue {
        ["member": .string(member.rawValue), "until": .number(JSONNumber(until.milliseconds))]
    }

    init(record fields: RecordFields) throws(RecordError) {
        self.init(
            member: try fields.required("member") { $0.recordName(MemberID.self) },
            until: try fields.required("until", \.recordInstant))
    }
}

extension Claim {
    var record: JSONValue {
        var members = RecordMembers()
        members.put("nonce", digest: nonceDigest)
        members.put("fencing", text: fencingToken)
        members.put("at", instant: at)
        members.put("lease", instant: leaseUntil)
        return members.value
    }

    init(record fields: RecordFields) throws(RecordError) {
        self.init(
            nonceDigest: try fields.required("nonce", \.recordDigest),
            fencingToken: try fields.required("fencing", \.recordText),
            at: try fields.required("at", \.recordInstant),
            leaseUntil: try fields.required("lease", \.recordInstant))
    }
}

extension Receipt {
    var record: JSONValue {
        var members = RecordMembers()
        members.put("outcome", text: outcome.rawValue)
        members.put("executed", digest: executedDigest)
        members.put("summary", text: resultSummary)
        members.put("at", instant: at)
        members.put("mismatch", flag: isMismatch)
        return members.value
    }

    init(record fields: RecordFields) throws(RecordError) {
        self.init(
            outcome: try fields.required("outcome") { $0.recordWord(Outcome.self) },
            executedDigest: try fields.optional("executed", \.recordDigest),
            resultSummary: try fields.optional("summary", \.recordText),
            at: try fields.required("at", \.recordInstant),
            isMismatch: try fields.optional("mismatch", \.boolValue) ?? false)
    }
}
