import Approvals
import Audit
import JSONTree

// Somebody looks for who allowed something and why.
extension Reader {
    /// What fits, newest first, and before which number to go on; nil when all was looked at.
    ///
    /// The work of one answer is bounded, so that it may find nothing and still say where to go on.
    func found(_ search: AuditSearch) throws(CommandFailure) -> AuditAnswer {
        let count = try stored(try store.chainHead(of: tenant)).map { $0.sequence + 1 } ?? 0
        let end = min(search.before ?? count, count)
        let start = max(0, end - AuditSearch.passedMax)
        let isClear = search.tool == nil && search.by == nil && search.rule == nil
        let limit = isClear ? search.limit : AuditSearch.readMax
        let read = try stored(
            try store.events(
                of: tenant, in: start..<max(start, end), fitting: EventSieve(search), limit: limit))
        var matcher = EventMatcher(search, people: try people(search.by))
        var found: [AuditRecord] = []
        var bytes = 0
        for record in read where try matcher.fits(record, self) {
            bytes += record.line.count
            found.append(record)
            if found.count == search.limit || bytes > Self.searchBytesMax {
                let before = record.sequence > 0 ? record.sequence : nil
                return .found(found, names: try matcher.names(of: found, self), before: before)
            }
        }
        let last = read.count == limit ? read.last?.sequence ?? start : start
        return .found(
            found, names: try matcher.names(of: found, self), before: last > 0 ? last : nil)
    }

    private static let searchBytesMax = 1 << 20

    /// The ids that somebody is found by.
    private func people(_ name: String?) throws(CommandFailure) -> Set<String>? {
        guard let name else { return nil }
        if name.contains("@") {
            let email = Naming.lowercased(name)
            guard let member = try stored(try store.member(email: email, of: tenant)) else {
                throw .field("/by", "is no member's e-mail; who left is found by their id")
            }
            return [member.id.rawValue]
        }
        if let agent = try stored(try store.agent(named: name, of: tenant)) {
            return [agent.id.rawValue, name]
        }
        return [name]
    }
}

/// Whether an event fits what is looked for beyond what the store sorts out.
private struct EventMatcher {
    private let tool: String?
    private let rule: String?
    private let people: Set<String>?
    /// What was asked for, by approval.
    private var asked: [ApprovalID: JSONValue?] = [:]

    init(_ search: AuditSearch, people: Set<String>?) {
        tool = search.tool
        rule = search.rule
        self.people = people
    }

    mutating func fits(
        _ record: AuditRecord, _ reader: Reader
    ) throws(CommandFailure) -> Bool {
        guard tool != nil || rule != nil || people != nil else { return true }
        guard let event = Self.parsed(record) else {
            throw .store(.damaged("an event of the log cannot be read"))
        }
        if let people, !Self.actors(of: event).contains(where: people.contains) { return false }
        guard tool != nil || rule != nil else { return true }
        let facts = try asked(about: event, reader)?["facts"] ?? event["facts"]
        if let tool, facts?["tool"]?.stringValue?.hasSameBytes(as: tool) != true { return false }
        guard let rule else { return true }
        let known = facts?["rule"]?.stringValue ?? ""
        return known.hasSameBytes(as: rule) || known.utf8.starts(with: (rule + "#").utf8)
    }

    /// The event that asked for the approval which this one is about; nil when it is about none.
    private mutating func asked(
        about event: JSONValue, _ reader: Reader
    ) throws(CommandFailure) -> JSONValue? {
        guard event["subject"]?["kind"]?.stringValue?.hasSameBytes(as: "approval") == true,
            let id = event["subject"]?["id"]?.stringValue.flatMap({ ApprovalID($0) })
        else { return nil }
        if let known = asked[id] { return known }
        let (store, tenant) = (reader.store, reader.tenant)
        let first = try stored(try store.events(about: id, of: tenant)).first
        let found = first.flatMap(Self.parsed)
        asked[id] = .some(found)
        return found
    }

    /// Who acted in events, and the tools that they are about, by id.
    mutating func names(
        of records: [AuditRecord], _ reader: Reader
    ) throws(CommandFailure) -> [String: String] {
        var names: [String: String] = [:]
        for event in records.compactMap(Self.parsed) {
            if let request = try asked(about: event, reader),
                let id = request["subject"]?["id"]?.stringValue,
                let tool = request["facts"]?["tool"]?.stringValue
            {
                names[id] = tool
            }
            for id in Self.actors(of: event) where names[id] == nil {
                names[id] = try name(of: id, reader)
            }
        }
        return names
    }

    private func name(of id: String, _ reader: Reader) throws(CommandFailure) -> String? {
        let (store, tenant) = (reader.store, reader.tenant)
        if let member = MemberID(id),
            let email = try stored(try store.email(of: member, in: tenant))
        {
            return email
        }
        guard let agent = AgentID(id) else { return nil }
        return try stored(try store.agentName(of: agent, in: tenant))
    }

    private static func actors(of event: JSONValue) -> [String] {
        let facts = event["facts"]
        return [event["actor"]?["id"], facts?["on_behalf_of"], facts?["granted_by"]]
            .compactMap { $0?.stringValue }
    }

    private static func parsed(_ record: AuditRecord) -> JSONValue? {
        do { return try JSONValue(parsing: record.line) } catch { return nil }
    }
}
