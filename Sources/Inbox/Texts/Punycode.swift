/// Reads the ASCII form of a host name's label (RFC 3492), so that its letters can be named.
enum Punycode {
    /// The letters of a label that begins with `xn--`; nil when it is none.
    static func decoded(_ label: String) -> String? {
        guard label.utf8.count <= 63, label.lowercased().utf8.starts(with: "xn--".utf8) else {
            return nil
        }
        let bytes = Array(label.utf8.dropFirst(4))
        let basicEnd = bytes.lastIndex(of: UInt8(ascii: "-"))
        var output: [UInt32] = basicEnd.map { bytes[..<$0].map { UInt32($0) } } ?? []
        var rest = bytes[(basicEnd.map { $0 + 1 } ?? 0)...]
        var (code, place, bias) = (UInt32(128), 0, 72)
        while !rest.isEmpty {
            guard let step = number(&rest, bias: bias) else { return nil }
            let count = output.count + 1
            bias = adapted(step, count: count, isFirst: place == 0 && output.count == basicEnd ?? 0)
            place += step
            let (sum, overflow) = code.addingReportingOverflow(UInt32(clamping: place / count))
            guard !overflow else { return nil }
            code = sum
            place %= count
            output.insert(code, at: place)
            place += 1
        }
        var text = String.UnicodeScalarView()
        for value in output {
            guard let scalar = Unicode.Scalar(value) else { return nil }
            text.append(scalar)
        }
        return String(text)
    }

    private static func number(_ rest: inout ArraySlice<UInt8>, bias: Int) -> Int? {
        var (result, weight, position) = (0, 1, 36)
        while let byte = rest.popFirst() {
            guard let digit = digit(byte) else { return nil }
            let (part, tooLarge) = digit.multipliedReportingOverflow(by: weight)
            let (sum, overflow) = result.addingReportingOverflow(part)
            guard !tooLarge, !overflow, sum < Int(Int32.max) else { return nil }
            result = sum
            let threshold = min(26, max(1, position - bias))
            if digit < threshold { return result }
            weight *= 36 - threshold
            guard weight < Int(Int32.max) else { return nil }
            position += 36
        }
        return nil
    }

    private static func digit(_ byte: UInt8) -> Int? {
        switch byte {
        case 48...57: Int(byte) - 48 + 26
        case 65...90: Int(byte) - 65
        case 97...122: Int(byte) - 97
        case _: nil
        }
    }

    private static func adapted(_ step: Int, count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? step / 700 : step / 2
        delta += delta / count
        var position = 0
        while delta > 455 {
            delta /= 35
            position += 36
        }
        return position + 36 * delta / (delta + 38)
    }
}
