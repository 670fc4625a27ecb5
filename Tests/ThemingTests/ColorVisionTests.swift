import Glibc
import TextGrid
import Testing
import Theming

/// Goal: what is dangerous, what needs attention and what went well are told apart by people who do
/// not see all colours. Method: their sight is simulated with the matrices of Machado, Oliveira and
/// Fernandes (2009), and distances are those of CIE 1976.
struct ColorVisionTests {
    @Test(arguments: [
        ("deuteranopia", Sight.deutan, 25.0), ("deuteranopia", .protan, 25),
        ("tritanopia", .tritan, 25),
        ("high-contrast", .deutan, 15), ("high-contrast", .tritan, 10),
    ])
    func statesAreToldApart(_ name: String, _ sight: Sight, _ wanted: Double) throws {
        let theme = try #require(Theme.shipped(named: name))
        let roles: [Role] = [.danger, .warning, .success]
        for (index, one) in roles.enumerated() {
            for other in roles[(index + 1)...] {
                let distance = Self.distance(theme, one, other, sight)
                #expect(distance >= wanted, "\(name) \(one) \(other) \(sight): \(distance)")
            }
        }
    }

    /// Whoever sees no colour at all still tells danger from the rest: it is bold, and it is said.
    @Test(arguments: Theme.shipped.map(\.name))
    func dangerIsNoMatterOfColorAlone(_ name: String) throws {
        let theme = try #require(Theme.shipped(named: name))
        let others: [Role] = [.text, .warning, .success, .dim]
        for role in others {
            #expect(
                theme.style(for: .danger).attributes != theme.style(for: role).attributes, "\(role)"
            )
        }
    }

    private static func distance(
        _ theme: Theme, _ one: Role, _ other: Role, _ sight: Sight
    ) -> Double {
        let (left, right) = (lab(theme, one, sight), lab(theme, other, sight))
        return sqrt(zip(left, right).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) })
    }

    private static func lab(_ theme: Theme, _ role: Role, _ sight: Sight) -> [Double] {
        let color = theme.style(for: role).foreground.components ?? (229, 229, 229)
        let linear = [color.red, color.green, color.blue].map { value -> Double in
            let share = Double(value) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        let seen = sight.matrix.map { row in
            min(1, max(0, zip(row, linear).reduce(0) { $0 + $1.0 * $1.1 }))
        }
        let white = [0.9505, 1, 1.089]
        let toXYZ = [
            [0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505],
        ]
        let parts = zip(toXYZ, white).map { row, white -> Double in
            let share = zip(row, seen).reduce(0) { $0 + $1.0 * $1.1 } / white
            return share > 0.008856 ? cbrt(share) : 7.787 * share + 16.0 / 116
        }
        return [
            116 * parts[1] - 16, 500 * (parts[0] - parts[1]), 200 * (parts[1] - parts[2]),
        ]
    }

    enum Sight: Sendable {
        case protan, deutan, tritan

        /// At full severity, on linear red, green and blue.
        var matrix: [[Double]] {
            switch self {
            case .protan:
                [
                    [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                    [-0.003882, -0.048116, 1.051998],
                ]
            case .deutan:
                [
                    [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                    [-0.011820, 0.042940, 0.968881],
                ]
            case .tritan:
                [
                    [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                    [0.004733, 0.691367, 0.303900],
                ]
            }
        }
    }
}
