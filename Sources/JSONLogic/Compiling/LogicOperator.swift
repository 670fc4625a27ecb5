/// Every operator, by the name that rules give it.
enum LogicOperator: String, Sendable, CaseIterable {
    case variable = "var"
    case val, exists, missing, at
    case missingSome = "missing_some"
    case and, or
    case not = "!"
    case truthy = "!!"
    case choose = "if"
    case ternary = "?:"
    case coalesce = "??"
    case attempt = "try"
    case raise = "throw"
    case select = "switch"
    case equal = "=="
    case identical = "==="
    case unequal = "!="
    case different = "!=="
    case less = "<"
    case lessOrEqual = "<="
    case more = ">"
    case moreOrEqual = ">="
    case between
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
    case max, min
    case cat, substr, length, slice, sort, merge, contains
    case isIn = "in"
    case startsWith = "starts_with"
    case endsWith = "ends_with"
    case map, filter, reduce, all, some, none
    case preserve, use, table
    case glob, matches
    case domainIn = "domain_in"
    case emailDomain = "email_domain"
    case urlHost = "url_host"
    case cidr, subset, intersects, money, duration
    case inWindow = "in_window"
    case age
    case anyAt = "any_at"
    case changed
    case hasSecret = "has_secret"
    case memberOf = "member_of"
    case seenBefore = "seen_before"
    case rate
}

/// What is known of a result before anything runs.
enum LogicResultType: Sendable {
    case any, truth, number, text, list
}

extension LogicOperator {
    /// How many operands `strict` takes.
    var operands: ClosedRange<Int> {
        switch self {
        case .variable: 0...2
        case .val: 0...64
        case .exists: 1...64
        case .missing, .coalesce, .max, .min, .cat, .merge, .add, .multiply: 1...1_000
        case .and, .or, .choose, .attempt: 1...1_000
        case .at, .not, .truthy, .raise, .length, .preserve, .use, .table, .emailDomain, .urlHost,
            .duration, .age, .changed, .seenBefore:
            1...1
        case .ternary, .between: 3...3
        case .equal, .identical, .unequal, .different, .less, .lessOrEqual, .more, .moreOrEqual:
            2...64
        case .subtract: 1...1_000
        case .divide: 1...1_000
        case .remainder: 2...1_000
        case .missingSome, .contains, .isIn, .startsWith, .endsWith, .map, .filter, .all, .some,
            .none, .glob, .matches, .domainIn, .cidr, .subset, .intersects, .money, .rate:
            2...2
        case .select, .substr, .reduce: 2...3
        case .slice: 2...4
        case .sort: 1...3
        case .inWindow: 2...4
        case .anyAt, .memberOf: 1...2
        case .hasSecret: 0...2
        }
    }

    /// What the operator gives, whatever it is given.
    var result: LogicResultType {
        switch self {
        case .exists, .not, .truthy, .equal, .identical, .unequal, .different, .less, .lessOrEqual,
            .more, .moreOrEqual, .between, .contains, .isIn, .startsWith, .endsWith, .all, .some,
            .none, .glob, .matches, .domainIn, .cidr, .subset, .intersects, .inWindow, .anyAt,
            .changed, .hasSecret, .memberOf, .seenBefore:
            .truth
        case .add, .subtract, .multiply, .divide, .remainder, .max, .min, .length, .money,
            .duration, .age, .rate:
            .number
        case .cat, .substr, .emailDomain, .urlHost: .text
        case .missing, .missingSome, .merge, .map, .filter, .sort: .list
        case .variable, .val, .at, .and, .or, .choose, .ternary, .coalesce, .attempt, .raise,
            .select, .slice, .reduce, .preserve, .use, .table:
            .any
        }
    }

    /// Whether `compat` wants the operands as a written list, as the suites do.
    var needsList: Bool {
        switch self {
        case .choose, .ternary, .and, .or, .map, .filter, .reduce, .some, .all, .none, .less,
            .lessOrEqual, .more, .moreOrEqual, .equal, .unequal, .identical, .different:
            true
        case .variable, .val, .exists, .missing, .at, .missingSome, .not, .truthy, .coalesce,
            .attempt, .raise, .select, .between, .add, .subtract, .multiply, .divide, .remainder,
            .max, .min, .cat, .substr, .length, .slice, .sort, .merge, .contains, .isIn,
            .startsWith, .endsWith, .preserve, .use, .table, .glob, .matches, .domainIn,
            .emailDomain, .urlHost, .cidr, .subset, .intersects, .money, .duration, .inWindow,
            .age, .anyAt, .changed, .hasSecret, .memberOf, .seenBefore, .rate:
            false
        }
    }

    /// Whether one operand that turns out to be a list stands for the operands.
    var spreads: Bool {
        switch self {
        case .add, .subtract, .multiply, .divide, .remainder, .max, .min, .cat, .merge, .missing:
            true
        case .variable, .val, .exists, .at, .missingSome, .and, .or, .not, .truthy, .choose,
            .ternary, .coalesce, .attempt, .raise, .select, .equal, .identical, .unequal,
            .different, .less, .lessOrEqual, .more, .moreOrEqual, .between, .substr, .length,
            .slice, .sort, .contains, .isIn, .startsWith, .endsWith, .map, .filter, .reduce, .all,
            .some, .none, .preserve, .use, .table, .glob, .matches, .domainIn, .emailDomain,
            .urlHost, .cidr, .subset, .intersects, .money, .duration, .inWindow, .age, .anyAt,
            .changed, .hasSecret, .memberOf, .seenBefore, .rate:
            false
        }
    }

    /// Whether constants in give a constant out: nothing is read and nothing is raised on purpose.
    var folds: Bool {
        switch self {
        case .variable, .val, .exists, .missing, .at, .missingSome, .raise, .attempt, .map, .filter,
            .reduce, .all, .some, .none, .preserve, .use, .table, .inWindow, .age, .anyAt, .changed,
            .hasSecret, .memberOf, .seenBefore, .rate:
            false
        case .and, .or, .not, .truthy, .choose, .ternary, .coalesce, .select, .equal, .identical,
            .unequal, .different, .less, .lessOrEqual, .more, .moreOrEqual, .between, .add,
            .subtract, .multiply, .divide, .remainder, .max, .min, .cat, .substr, .length, .slice,
            .sort, .merge, .contains, .isIn, .startsWith, .endsWith, .glob, .matches, .domainIn,
            .emailDomain, .urlHost, .cidr, .subset, .intersects, .money, .duration:
            true
        }
    }
}
