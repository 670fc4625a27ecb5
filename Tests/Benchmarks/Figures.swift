import Glibc

/// What was measured for one figure.
struct Sample {
    private var values: [Double] = []

    mutating func add(_ value: Double) { values.append(value) }

    var count: Int { values.count }
    var median: Double { percentile(50) }

    /// The value that so many percent do not exceed.
    func percentile(_ percent: Int) -> Double {
        guard !values.isEmpty else { return 0 }
        let sorted = values.sorted()
        return sorted[min(sorted.count - 1, sorted.count * percent / 100)]
    }
}

/// A table of figures, each with its floor and their ratio.
struct Table {
    private static let nameWidth = 44
    private static let width = 13

    static func heading() {
        print(row("figure", "here", "floor", "ratio"))
        print(String(repeating: "-", count: nameWidth + 3 * width))
    }

    static func add(_ name: String, _ value: String, floor: String = "", ratio: Double? = nil) {
        print(row(name, value, floor, ratio.map { fixed($0, 2) } ?? ""))
        fflush(nil)
    }

    private static func row(_ name: String, _ cells: String...) -> String {
        name.padded(to: nameWidth) + cells.map { $0.padded(before: width) }.joined()
    }

    /// A number with so many decimals.
    static func fixed(_ value: Double, _ decimals: Int) -> String {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (value * scale).rounded()
        guard decimals > 0 else { return String(Int(scaled)) }
        let digits = String(Int(scaled.magnitude))
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return (scaled < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(1, width - count))
    }

    fileprivate func padded(before width: Int) -> String {
        String(repeating: " ", count: max(1, width - count)) + self
    }
}
