public import JSONTree

/// Places in the arguments that approvers must not see: `/recipient/iban`, `recipient.iban`, with
/// `*` for one step and `**` for any number of steps, also none.
public struct RedactionPattern: Hashable, Sendable {
    /// The pattern as written.
    public let text: String
    private let steps: JSONPointer

    /// Nil unless it names a place inside of the arguments.
    public init?(_ text: String) {
        guard (1...1_000).contains(text.utf8.count) else { return nil }
        self.text = text
        guard text.utf8.first == UInt8(ascii: "/") else {
            let names = text.split(separator: ".", omittingEmptySubsequences: false).map(
                String.init)
            guard names.allSatisfy({ !$0.isEmpty }) else { return nil }
            steps = JSONPointer(tokens: names)
            return
        }
        do {
            steps = try JSONPointer(parsing: text)
        } catch {
            return nil
        }
    }

    /// Whether the place itself is meant.
    public func matches(_ pointer: JSONPointer) -> Bool {
        // The set of steps that may come next; each token of the pointer moves it on.
        var next = advanced([0])
        for token in pointer.tokens {
            var after: Set<Int> = []
            for place in next where place < steps.tokens.count {
                let step = steps.tokens[place]
                if step == "**" {
                    after.insert(place)
                } else if step == "*" || step.utf8.elementsEqual(token.utf8) {
                    after.insert(place + 1)
                }
            }
            next = advanced(after)
        }
        return next.contains(steps.tokens.count)
    }

    /// With the steps behind each `**`, which may stand for nothing.
    private func advanced(_ places: Set<Int>) -> Set<Int> {
        var all = places
        for place in places {
            var place = place
            while place < steps.tokens.count, steps.tokens[place] == "**" {
                place += 1
                all.insert(place)
            }
        }
        return all
    }
}
