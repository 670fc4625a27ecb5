/// Calculation: in integers as long as these hold the result.
extension LogicMachine {
    mutating func calculated(
        _ node: LogicNode, _ place: Int
    ) throws(LogicStop) -> LogicNumber {
        if !node.isSpread, node.count == 2 {
            let left = try number(value(child(node, 0)), place)
            let right = try number(value(child(node, 1)), place)
            return try combined(node.operation, left, right, place)
        }
        var numbers: [LogicNumber] = []
        for value in try values(node) {
            numbers.append(try number(value, place))
        }
        guard let first = numbers.first else { return try empty(node.operation, place) }
        guard numbers.count > 1 else { return try single(node.operation, first, place) }
        var result = first
        for number in numbers.dropFirst() {
            result = try combined(node.operation, result, number, place)
        }
        return result
    }

    /// What stands for an operand in a calculation.
    func number(_ value: LogicValue, _ place: Int) throws(LogicStop) -> LogicNumber {
        switch value {
        case .integer(let integer): return .integer(integer)
        case .double(let double): return .double(double)
        case .absent, .null, .bool, .wide, .text, .list, .object: break
        }
        guard !code.isStrict else { throw refused(value, place) }
        guard let number = value.coercedNumber else {
            throw LogicStop(kind: .notANumber, node: Int32(place))
        }
        return number
    }

    private func empty(
        _ operation: LogicOperator, _ place: Int
    ) throws(LogicStop) -> LogicNumber {
        switch operation {
        case .add where !code.isStrict: return .integer(0)
        case .multiply where !code.isStrict: return .integer(1)
        default: throw LogicStop(kind: .arguments, node: Int32(place))
        }
    }

    private func single(
        _ operation: LogicOperator, _ number: LogicNumber, _ place: Int
    ) throws(LogicStop) -> LogicNumber {
        switch operation {
        case .subtract: return try combined(.subtract, .integer(0), number, place)
        case .divide: return try combined(.divide, .integer(1), number, place)
        case .remainder: throw LogicStop(kind: .arguments, node: Int32(place))
        default: return number
        }
    }

    private func combined(
        _ operation: LogicOperator, _ left: LogicNumber, _ right: LogicNumber, _ place: Int
    ) throws(LogicStop) -> LogicNumber {
        switch operation {
        case .max: return right > left ? right : left
        case .min: return right < left ? right : left
        default: break
        }
        if case .integer(let one) = left, case .integer(let two) = right {
            if let exact = exactly(operation, one, two) { return .integer(exact) }
            guard !code.isStrict || operation == .divide else {
                throw LogicStop(
                    kind: isByZero(operation, two) ? .notANumber : .limit, node: Int32(place))
            }
        }
        let result = nearly(operation, left.double, right.double)
        guard !(operation == .divide && right.double == 0), let number = LogicNumber(finite: result)
        else { throw LogicStop(kind: .notANumber, node: Int32(place)) }
        return number
    }

    private func isByZero(_ operation: LogicOperator, _ divisor: Int64) -> Bool {
        divisor == 0 && (operation == .divide || operation == .remainder)
    }

    /// The result as an integer, when it is one that fits.
    private func exactly(_ operation: LogicOperator, _ left: Int64, _ right: Int64) -> Int64? {
        let (result, overflow): (Int64, Bool)
        switch operation {
        case .add: (result, overflow) = left.addingReportingOverflow(right)
        case .subtract: (result, overflow) = left.subtractingReportingOverflow(right)
        case .multiply: (result, overflow) = left.multipliedReportingOverflow(by: right)
        case .remainder: (result, overflow) = left.remainderReportingOverflow(dividingBy: right)
        default:
            (result, overflow) = left.dividedReportingOverflow(by: right)
            guard !overflow, left % right == 0 else { return nil }
        }
        return overflow ? nil : result
    }

    private func nearly(_ operation: LogicOperator, _ left: Double, _ right: Double) -> Double {
        switch operation {
        case .add: left + right
        case .subtract: left - right
        case .multiply: left * right
        case .remainder: left.truncatingRemainder(dividingBy: right)
        default: left / right
        }
    }
}
