public import JSONTree

/// A page of things, in the order that its name says.
public struct WireList<Item: WireValue & Hashable>: WireValue, Hashable {
    /// The things.
    public var items: [Item]
    /// What to ask for to go on; null at the end.
    public var next: String?

    /// Puts the value together.
    public init(items: [Item] = [], next: String? = nil) {
        self.items = items
        self.next = next
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        items = try reader.list("items")
        next = try reader.optional("next")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("items", items)
        writer.write("next", orNull: next)
        return writer.value
    }
}

// Each under the name that the REST contract has for it.

/// Agents, by name.
public typealias AgentList = WireList<AgentInfo>
/// Signed checkpoints, by size.
public typealias CheckpointList = WireList<CheckpointView>
/// Delegations, by end.
public typealias DelegationList = WireList<DelegationView>
/// Fields of documents, by event, document and number, as in an export.
public typealias DisclosureList = WireList<DisclosureView>
/// Uses of break-glass; what nobody reviewed comes first.
public typealias BreakGlassList = WireList<BreakGlassView>
/// Erasures, newest first.
public typealias ErasureList = WireList<ErasureView>
/// Events as they are in the log; their RFC 8785 form is what is hashed.
public typealias EventList = WireList<JSONValue>
/// Standing grants, newest first.
public typealias GrantList = WireList<GrantView>
/// Groups, by name.
public typealias GroupList = WireList<GroupView>
/// Members, by e-mail.
public typealias MemberList = WireList<MemberView>
/// Overrides, by their beginning.
public typealias OverrideList = WireList<OverrideView>
/// Versions of policies, by name and version.
public typealias PolicyList = WireList<PolicyView>
/// Schedules, by name.
public typealias ScheduleList = WireList<ScheduleView>
/// Who is on duty, in order, without gap or overlap.
public typealias ShiftList = WireList<ShiftView>
/// Approvals, newest first.
public typealias SummaryList = WireList<ApprovalSummary>
/// Offers to swap, by their beginning.
public typealias SwapList = WireList<SwapView>
/// Tenants, by name.
public typealias TenantList = WireList<TenantView>
/// Tokens, by time.
public typealias TokenList = WireList<TokenView>
