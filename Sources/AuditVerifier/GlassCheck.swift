import Approvals
import Audit
import JSONTree

/// Whether who decided by break-glass had the role at that time, owed no review, and was reviewed
/// by another person.
struct GlassCheck {
    private struct Use {
        let by: String
        var isReviewed = false
    }

    /// The roles that each person has, in words.
    private var roles: [ByteText: [ByteText]] = [:]
    private var uses: [ByteText: Use] = [:]
    private var owing: Set<ByteText> = []

    static let types: Set<EventType> = [.breakGlassReviewed, .breakGlassRefused]
    static let basis = "break_glass"

    /// Whether an event says that it was done by break-glass.
    static func isUse(_ header: RecordHeader) -> Bool {
        header.json["provenance"]?["basis"]?.stringValue?.hasSameBytes(as: basis) == true
    }

    /// Takes what a person may do from now on.
    mutating func note(_ header: RecordHeader) {
        let person = ByteText(header.subject)
        if header.type == .memberEnrolled || header.type == .memberChanged {
            let words = header.facts["roles"]?.stringValue ?? ""
            roles[person] = words.split(separator: " ").map { ByteText(String($0)) }
        } else if header.type == .memberLeft {
            roles[person] = nil
        }
    }

    /// Takes a decision; a sentence when it was not theirs to make.
    mutating func use(_ header: RecordHeader) -> String? {
        let person = ByteText(header.actor)
        defer {
            uses[ByteText(header.subject)] = Use(by: header.actor)
            owing.insert(person)
        }
        guard has(.breakglass, person), has(.approver, person) || has(.lead, person) else {
            return "Glass was broken by somebody without the role at that time."
        }
        guard header.facts["step_up"]?.stringValue != nil else {
            return "Glass was broken without a second factor."
        }
        guard header.facts["on_behalf_of"] == nil else {
            return "Glass was broken on behalf of somebody."
        }
        guard header.root(of: "reason") != nil else { return "Glass was broken without a reason." }
        return owing.contains(person)
            ? "Glass was broken by somebody whose last use nobody had reviewed." : nil
    }

    /// Takes a review, or an attempt that was refused; a sentence when it cannot have happened.
    mutating func take(_ header: RecordHeader) -> String? {
        guard header.type == .breakGlassReviewed else { return nil }
        let id = ByteText(header.subject)
        guard let use = uses[id] else { return "A use of break-glass was reviewed that was none." }
        uses[id]?.isReviewed = true
        owing.remove(ByteText(use.by))
        if use.isReviewed { return "A use of break-glass was reviewed twice." }
        guard header.actorKind == .user, !use.by.hasSameBytes(as: header.actor) else {
            return "Somebody reviewed their own use of break-glass."
        }
        return has(.lead, ByteText(header.actor))
            ? nil : "A use of break-glass was reviewed by somebody who was no lead."
    }

    private func has(_ role: Role, _ person: ByteText) -> Bool {
        roles[person]?.contains(ByteText(role.rawValue)) == true
    }
}
