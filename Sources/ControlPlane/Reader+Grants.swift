public import Approvals
import Authority
public import JSONTree

// The standing grants that somebody may see.
extension Reader {
    /// How many grants are listed at most, the newest ones.
    static let grantsMax = 500

    mutating func grants(_ wanted: GrantFilter) throws(CommandFailure) -> Answer {
        let member = try member(with: [.approver, .lead, .auditor, .admin])
        let found =
            wanted == .active
            ? try stored(try store.openGrants(of: tenant, after: now))
            : try stored(try store.grants(of: tenant, limit: Self.grantsMax))
        var all: [ShownGrant] = []
        for grant in found.prefix(Self.grantsMax) where Authority.maySee(member, grant) {
            guard wanted != .ended || grant.state(at: now) != .active else { continue }
            all.append(try shown(grant))
        }
        return .grants(all, isOne: false)
    }

    mutating func grant(_ id: GrantID) throws(CommandFailure) -> Answer {
        .grants([try shown(try visibleGrant(id))], isOne: true)
    }

    func visibleGrant(_ id: GrantID) throws(CommandFailure) -> Grant {
        let member = try member(with: [.approver, .lead, .auditor, .admin])
        guard let grant = try stored(try store.grant(id, of: tenant)),
            Authority.maySee(member, grant)
        else { throw .refusing(.notFound) }
        return grant
    }

    mutating func shown(_ grant: Grant) throws(CommandFailure) -> ShownGrant {
        var revokedBy: String?
        if let by = grant.ending?.by { revokedBy = try email(of: by) }
        return ShownGrant(
            grant, at: now, agentName: try name(of: grant.agent),
            grantedBy: try email(of: grant.grantedBy), revokedBy: revokedBy)
    }
}

/// Which grants somebody wants to see.
public enum GrantFilter: String, Hashable, Sendable, CaseIterable {
    case active, ended, all
}

/// A grant as people may see it; no hidden value is in it.
public struct ShownGrant: Hashable, Sendable {
    public let id: GrantID
    public let tool: ToolName
    public let agent: AgentID
    public let agentName: String
    public let session: String?
    public let terms: GrantTerms
    /// What every argument must be, outermost places only.
    public let bounds: [Bound]
    public let expiresAt: Timestamp
    public let usesMax: Int?
    public let uses: Int
    public let lastUsedAt: Timestamp?
    public let grantedBy: String
    public let grantedAt: Timestamp
    public let fromApproval: ApprovalID
    public let state: GrantState
    public let ending: Grant.Ending?
    public let revokedBy: String?

    /// How many more calls it may release; nil for any number.
    public var usesLeft: Int? { usesMax.map { Swift.max(0, $0 - uses) } }

    /// What stands at one place.
    public enum Bound: Hashable, Sendable {
        case max(JSONPointer, JSONNumber)
        case equals(JSONPointer, JSONValue)
        /// As it was approved; it is hidden, or too long to say here.
        case same(JSONPointer)
    }

    init(
        _ grant: Grant, at now: Timestamp, agentName: String, grantedBy: String,
        revokedBy: String?
    ) {
        id = grant.id
        tool = grant.tool
        agent = grant.agent
        self.agentName = agentName
        session = grant.session
        terms = grant.terms
        bounds = Self.bounds(of: grant)
        expiresAt = grant.expiresAt
        usesMax = grant.usesMax
        uses = grant.uses
        lastUsedAt = grant.lastUsedAt
        self.grantedBy = grantedBy
        grantedAt = grant.grantedAt
        fromApproval = grant.fromApproval
        state = grant.state(at: now)
        ending = grant.ending
        self.revokedBy = revokedBy
    }

    /// Past so many places, the rest is said in one.
    private static let boundsMax = 100
    /// The longest value that is said, in bytes of JSON.
    private static let valueBytesMax = 500

    private static func bounds(of grant: Grant) -> [Bound] {
        let view = Redaction.masked(grant.approved, at: grant.redactions).view.served
        var all: [Bound] = []
        collect(view, .root, grant.bounds, &all)
        guard all.count > boundsMax else { return all }
        return all.filter(\.isNamed) + [.same(.root)]
    }

    private static func collect(
        _ value: JSONValue, _ place: JSONPointer, _ named: [GrantBound], _ all: inout [Bound]
    ) {
        if let bound = named.first(where: { $0.pointer == place }) {
            switch bound.limit {
            case .max(let most): all.append(.max(place, most))
            case .equals(let wanted): all.append(said(wanted.served, at: place))
            }
        } else if place.isRoot || named.contains(where: { place.isPrefix(of: $0.pointer) }) {
            switch value {
            case .object(let object):
                for member in object.members {
                    collect(member.value, place.appending(member.name), named, &all)
                }
            case .array(let elements):
                for (index, element) in elements.enumerated() {
                    collect(element, place.appending(index), named, &all)
                }
            case .null, .bool, .number, .string: all.append(said(value, at: place))
            }
        } else {
            all.append(said(value, at: place))
        }
    }

    private static func said(_ value: JSONValue, at place: JSONPointer) -> Bound {
        let isSayable =
            !Redaction.containsMarker(value) && value.text().utf8.count <= valueBytesMax
        return isSayable ? .equals(place, value) : .same(place)
    }
}

extension ShownGrant.Bound {
    /// True for those that a person named.
    fileprivate var isNamed: Bool {
        if case .max = self { true } else { false }
    }
}
