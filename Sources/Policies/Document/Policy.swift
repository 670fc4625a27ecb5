public import Approvals
public import Cryptography
public import JSONTree
public import Redaction

/// One version of a policy: a whole document, which never changes once it was read.
public struct Policy: Hashable, Sendable {
    public let id: PolicyID
    /// Counts the versions of this policy, from 1.
    public let version: Int
    /// The digest of the version before.
    public let parent: Digest?
    /// What the author wants it to be when it is published; the control plane keeps what it is.
    public let status: PolicyStatus
    public let hitPolicy: HitPolicy
    /// The tools it speaks about.
    public let tools: [ToolPattern]
    /// Conditions that rules share by name.
    public let definitions: [NamedValue]
    /// Lists and maps that rules share by name.
    public let tables: [NamedValue]
    public let rules: [PolicyRule]
    /// What happens when no rule matches.
    public let fallback: Effect
    /// What happens when a rule that could have mattered cannot be answered; never an allow.
    public let onError: Effect
    /// The values of the arguments that approvers must not see, as patterns of pointers.
    public let redactions: [PointerPattern]
    public let tests: [PolicyTest]
    public let change: PolicyChange?
    /// The document as it was written.
    public let document: JSONValue
    /// SHA-256 of the RFC 8785 form of the document.
    public let digest: Digest

    /// Something that rules share by name.
    public struct NamedValue: Hashable, Sendable {
        public let name: String
        public let value: JSONValue
    }

    /// Whether it speaks about this tool.
    public func applies(to tool: ToolName) -> Bool {
        tools.contains { $0.matches(tool) }
    }

    /// Whether a rule, the default or the effect for errors asks this group.
    public func asks(_ group: GroupName) -> Bool {
        (rules.map(\.effect) + [fallback, onError]).contains { $0.terms?.group == group }
    }

    /// Whether approvers must not see this place in the arguments.
    public func hides(_ pointer: JSONPointer) -> Bool {
        redactions.contains { $0.matches(pointer) }
    }

    /// The digest and the whole document decide.
    public static func == (left: Policy, right: Policy) -> Bool { left.digest == right.digest }

    /// Feeds the digest to `hasher`.
    public func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}

/// How far a version has come.
public enum PolicyStatus: String, Hashable, Sendable, CaseIterable {
    /// Kept, and not asked.
    case draft
    /// Asked beside the one in force; its answers are only recorded.
    case shadow
    /// In force for a share of the calls.
    case canary
    /// In force.
    case enforced
    /// No longer asked.
    case retired
}

/// Which of several matching rules decides.
public enum HitPolicy: String, Hashable, Sendable, CaseIterable {
    /// The strictest effect, whatever the order of the rules.
    case strictest
    /// The first rule in the order of the document.
    case first
}

/// One condition and its effect.
public struct PolicyRule: Hashable, Sendable {
    public let id: RuleID
    /// Why the rule is there, for the approver.
    public let summary: String?
    public let condition: JSONValue
    public let effect: Effect
}

/// Who made this version, and why.
public struct PolicyChange: Hashable, Sendable {
    public let by: String
    public let note: String?
}

/// An input, and what the policy must say to it.
public struct PolicyTest: Hashable, Sendable {
    public let name: String
    public let input: JSONValue
    /// The effect that must come out.
    public let effect: EffectKind
    /// The rule that must decide: an id, `default` or `on_error`; any when nil.
    public let rule: String?
}
