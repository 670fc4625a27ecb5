import WireAPI

/// Finds the route of a path among the rows of the route table.
struct RouteTable {
    /// A route, and what stands for its path parameter.
    struct Match: Hashable {
        let route: Route
        /// Percent-decoded; empty for a path without a parameter.
        let name: String
        /// What stands for the second parameter, percent-decoded; empty for a path without one.
        var version = ""
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
    ///
    /// A path without parameters comes first, then the one with the fewest.
    func match(_ method: String, _ path: Substring) throws(APIFailure) -> Match {
        // HEAD is GET whose answer is not sent.
        let asked = method == "HEAD" ? HTTPMethod.get.rawValue : method
        if path.hasPrefix(Route.logPrefix) {
            guard asked == Route.logFile.method.rawValue else {
                throw .wrongMethod(allowed: [Route.logFile.method])
            }
            return Match(route: .logFile, name: String(path.dropFirst(Route.logPrefix.count)))
        }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        var allowed: Set<HTTPMethod> = []
        for places in Self.places(in: segments) {
            guard let choices = routes[Self.shape(segments, places)],
                let values = Self.values(segments, places)
            else { continue }
            if let known = HTTPMethod(rawValue: asked), let route = choices[known] {
                return Match(
                    route: route, name: values.first ?? "",
                    version: values.count > 1 ? values[1] : "")
            }
            allowed.formUnion(choices.keys)
        }
        guard !allowed.isEmpty else { throw .unknownPath }
        throw .wrongMethod(allowed: HTTPMethod.allCases.filter(allowed.contains))
    }

    /// Where parameters may stand: nowhere, in one segment, or in two.
    private static func places(in segments: [Substring]) -> [[Int]] {
        guard segments.count <= segmentsMax else { return [] }
        let all = Array(segments.indices.dropFirst())
        let pairs = all.flatMap { first in
            all.filter { $0 > first }.map { [first, $0] }
        }
        return [[]] + all.map { [$0] } + pairs
    }

    /// More than any path of the table has.
    private static let segmentsMax = 12

    private static func values(_ segments: [Substring], _ places: [Int]) -> [String]? {
        var values: [String] = []
        for place in places {
            guard !segments[place].isEmpty, let value = PercentEncoding.decode(segments[place])
            else { return nil }
            values.append(value)
        }
        return values
    }

    private static func shape(_ segments: [Substring], _ places: [Int]) -> String {
        var shape = segments
        for place in places { shape[place] = Substring(anyParameter) }
        return shape.joined(separator: "/")
    }

    /// The path of a row with whatever its parameters are called left out.
    private static func shape(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("{") ? Substring(anyParameter) : $0 }
            .joined(separator: "/")
    }
}
