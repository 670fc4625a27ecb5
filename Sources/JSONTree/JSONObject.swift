/// The members of a JSON object: in order, each name once, found by the bytes of the name.
///
/// `==` and hashing ignore the order.
public struct JSONObject: Sendable {
    /// One name and its value.
    public struct Member: Sendable {
        /// The name, unescaped.
        public let name: String
        /// What the name stands for.
        public var value: JSONValue

        /// Joins a name and a value.
        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The members as written.
    public private(set) var members: [Member]

    /// Where each name stands; only kept for objects too large to be searched from end to end.
    private var places: [ByteText: Int]?

    /// Objects up to this size are searched from end to end, which is faster than hashing.
    static let searchedMax = 16

    /// Makes an object without members.
    public init() {
        members = []
        places = nil
    }

    /// Makes an object in the order given; of two pairs with one name the later value stays.
    public init(_ pairs: some Sequence<(String, JSONValue)>) {
        self.init()
        for (name, value) in pairs {
            self[name] = value
        }
    }

    /// The value of the member named `name`, compared by bytes.
    ///
    /// Setting `nil` removes the member; setting a known name keeps its place; a new name goes
    /// last.
    public subscript(name: String) -> JSONValue? {
        get {
            place(of: name).map { members[$0].value }
        }
        set {
            switch (place(of: name), newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): removeMember(at: place)
            case (nil, let value?): append(Member(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    /// How many members there are.
    public var count: Int {
        members.count
    }

    /// Whether there is no member.
    public var isEmpty: Bool {
        members.isEmpty
    }

    /// The names as written.
    public var names: [String] {
        members.map(\.name)
    }

    /// The place of the member named `name` in `members`.
    public func place(of name: String) -> Int? {
        if let places {
            return places[ByteText(name)]
        }
        return members.firstIndex { $0.name.hasSameBytes(as: name) }
    }

    /// Adds a member whose name is new; false, and nothing added, when the name is known.
    mutating func appendIfNew(_ member: Member) -> Bool {
        guard place(of: member.name) == nil else { return false }
        append(member)
        return true
    }

    /// Adds a member whose name comes after all that are there, and so is new; always true.
    mutating func appendNew(_ member: Member) -> Bool {
        append(member)
        return true
    }

    /// Takes the value at `place` out to be changed alone, so that changing it copies nothing.
    mutating func changeValue<Failure: Error>(
        at place: Int, _ change: (inout JSONValue) throws(Failure) -> Void
    ) throws(Failure) {
        try change(&members[place].value)
    }

    private mutating func append(_ member: Member) {
        if places != nil {
            places?[ByteText(member.name)] = members.count
        } else if members.count == Self.searchedMax {
            members.append(member)
            indexPlaces()
            return
        }
        members.append(member)
    }

    private mutating func removeMember(at place: Int) {
        members.remove(at: place)
        if places != nil {
            indexPlaces()
        }
    }

    private mutating func indexPlaces() {
        guard members.count > Self.searchedMax else {
            places = nil
            return
        }
        var fresh: [ByteText: Int] = [:]
        fresh.reserveCapacity(members.count * 2)
        for (place, member) in members.enumerated() {
            fresh[ByteText(member.name)] = place
        }
        places = fresh
    }
}

extension JSONObject: Hashable {
    /// Whether both have the same members, in any order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left.members, right.members).allSatisfy { one, other in
            if one.name.hasSameBytes(as: other.name) {
                one.value == other.value
            } else {
                right[one.name] == one.value && left[other.name] == other.value
            }
        }
    }

    /// Feeds the members to `hasher` so that their order does not matter.
    public func hash(into hasher: inout Hasher) {
        var sum = 0
        for member in members {
            var own = Hasher()
            member.name.hashBytes(into: &own)
            own.combine(member.value)
            sum &+= own.finalize()
        }
        hasher.combine(members.count)
        hasher.combine(sum)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Makes an object in the order written; of two members with one name the later value stays.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements)
    }
}
