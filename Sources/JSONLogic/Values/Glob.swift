/// Shell patterns: `*` for any characters, `?` for one; everything else is itself.
///
/// Only the last star is ever tried again, so the time is at most the product of both lengths.
enum Glob {
    static func matches(_ pattern: String, _ text: String) -> Bool {
        let wanted = Array(pattern.unicodeScalars)
        let given = Array(text.unicodeScalars)
        var place = 0
        var at = 0
        var star: (pattern: Int, text: Int)?
        while place < given.count {
            if at < wanted.count, wanted[at] == "*" {
                star = (at, place)
                at += 1
            } else if at < wanted.count, wanted[at] == "?" || wanted[at] == given[place] {
                at += 1
                place += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                at = last.pattern + 1
                place = last.text + 1
            } else {
                return false
            }
        }
        return wanted[at...].allSatisfy { $0 == "*" }
    }
}
