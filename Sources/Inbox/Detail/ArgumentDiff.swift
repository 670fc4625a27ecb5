import Approvals
import JSONTree

/// Walks over arguments and what an edit made of them, in the order in which people read.
struct ArgumentDiff {
    /// Where a step is.
    struct Place {
        let name: ValueName
        let pointer: JSONPointer
        let depth: Int
    }

    /// One step.
    enum Event {
        /// A container that both have; what is in it follows.
        case head(Place, String)
        case same(Place, JSONValue)
        case removed(Place, JSONValue)
        case added(Place, JSONValue)
        /// A single value that became another one.
        case changed(Place, JSONValue, JSONValue)

        var place: Place {
            switch self {
            case .head(let place, _), .same(let place, _), .removed(let place, _),
                .added(let place, _), .changed(let place, _, _):
                place
            }
        }
    }

    let handles: [JSONPointer: Handle]

    /// Visits every step until `visit` says false.
    func walk(_ original: JSONValue, _ root: EditNode, _ visit: (Event) -> Bool) {
        let place = Place(name: .root, pointer: .root, depth: 0)
        _ = walk(original, root, place, visit)
    }

    private func walk(
        _ original: JSONValue, _ node: EditNode, _ place: Place, _ visit: (Event) -> Bool
    ) -> Bool {
        switch (original, node.content) {
        case (_, .handle): return visit(.same(place, original))
        case (.object(let object), .object(let members)) where !Redaction.isMask(original):
            guard object.count + members.count > 0 else { return visit(.same(place, original)) }
            return visit(.head(place, "{")) && walk(object, members, place, visit)
        case (.array(let elements), .array(let nodes)):
            guard elements.count + nodes.count > 0 else { return visit(.same(place, original)) }
            return visit(.head(place, "[")) && walk(elements, nodes, place, visit)
        case (_, .scalar(let value)) where value == original:
            return visit(.same(place, original))
        case (_, .scalar(let value)) where Self.isSingle(original):
            return visit(.changed(place, original, value))
        case (_, .scalar), (_, .array), (_, .object):
            return visit(.removed(place, original)) && visit(.added(place, node.value))
        }
    }

    private func walk(
        _ object: JSONObject, _ members: [EditMember], _ place: Place, _ visit: (Event) -> Bool
    ) -> Bool {
        let width = ValueName.width(of: object.names + members.map(\.name))
        func inside(_ name: String) -> Place {
            Place(
                name: .member(name, width: width), pointer: place.pointer.appending(name),
                depth: place.depth + 1)
        }
        let places = JSONObject(
            members.enumerated().map { ($1.name, JSONValue.number(JSONNumber($0))) })
        for member in object.members {
            let goesOn =
                if let index = places.place(of: member.name) {
                    walk(member.value, members[index].node, inside(member.name), visit)
                } else {
                    visit(.removed(inside(member.name), member.value))
                }
            guard goesOn else { return false }
        }
        for member in members where object.place(of: member.name) == nil {
            guard visit(.added(inside(member.name), member.node.value)) else { return false }
        }
        return true
    }

    /// Elements that were taken out are told where they were.
    private func walk(
        _ elements: [JSONValue], _ nodes: [EditNode], _ place: Place, _ visit: (Event) -> Bool
    ) -> Bool {
        func inside(_ index: Int) -> Place {
            Place(
                name: .element(index), pointer: place.pointer.appending(index),
                depth: place.depth + 1)
        }
        func removed(_ range: Range<Int>) -> Bool {
            range.allSatisfy { visit(.removed(inside($0), elements[$0])) }
        }
        var next = 0
        for (index, node) in nodes.enumerated() {
            guard let origin = node.origin, elements.indices.contains(origin) else {
                guard visit(.added(inside(index), node.value)) else { return false }
                continue
            }
            guard removed(next..<max(next, origin)),
                walk(elements[origin], node, inside(origin), visit)
            else { return false }
            next = max(next, origin + 1)
        }
        return removed(next..<max(next, elements.count))
    }

    private static func isSingle(_ value: JSONValue) -> Bool {
        Redaction.isMask(value) || (value.childCount ?? 0) == 0
    }
}
