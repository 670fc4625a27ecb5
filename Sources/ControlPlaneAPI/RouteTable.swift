import WireAPI

/// Finds the route of a path among the rows of the route table.
struct RouteTable {
    /// A route, and what stands for its path parameter.
    struct Match: Hashable {
        let route: Route
        /// Percent-decoded; empty for a path without a parameter.
        let name: String
    }

    private var routes: [String: [HTTPMethod: Route]] = [:]

    static let whole = RouteTable(Route.allCases)

    private static let anyParameter = "{}"

    init(_ rows: [Route]) {
        for route in rows {
            routes[Self.shape(route.path), default: [:]][route.method] = route
        }
    }

    /// The route for a method and a path, as sent.
    func match(_ method: String, _ path: Substring) throws(APIFailure) -> Match {
        let (choices, name) = try choices(path)
        // HEAD is GET whose answer is not sent.
        let asked = method == "HEAD" ? HTTPMethod.get.rawValue : method
        guard let known = HTTPMethod(rawValue: asked), let route = choices[known] else {
            let allowed = HTTPMethod.allCases.filter { choices[$0] != nil }
            throw .wrongMethod(allowed: allowed)
        }
        return Match(route: route, name: name)
    }

    private func choices(
        _ path: Substring
    ) throws(APIFailure) -> (choices: [HTTPMethod: Route], name: String) {
        if let exact = routes[String(path)] { return (exact, "") }
        var segments = path.split(separator: "/", omittingEmptySubsequences: false)
        for place in segments.indices.dropFirst() {
            let segment = segments[place]
            segments[place] = Substring(Self.anyParameter)
            if let found = routes[segments.joined(separator: "/")], !segment.isEmpty,
                let name = PercentEncoding.decode(segment)
            {
                return (found, name)
            }
            segments[place] = segment
        }
        throw .unknownPath
    }

    /// The path of a row with whatever its parameter is called left out.
    private static func shape(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("{") ? Substring(anyParameter) : $0 }
            .joined(separator: "/")
    }
}
