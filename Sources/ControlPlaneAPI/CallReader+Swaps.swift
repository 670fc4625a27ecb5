import Approvals
import ControlPlane
import Duty
import WireAPI
import ZoneTime

// What people send about swaps.
extension CallReader {
    func swaps() throws(APIFailure) -> Query {
        let name: GroupName = try named()
        return try plain(.people(.swaps(name)))
    }

    func offerSwap() throws(APIFailure) -> Command {
        let name: GroupName = try named()
        let body: SwapBody = try body()
        guard let window = InstantRange(body.start, body.end) else {
            throw .field("end", "must be after the start")
        }
        var back: InstantRange?
        if body.returnStart != nil || body.returnEnd != nil {
            guard let start = body.returnStart, let end = body.returnEnd,
                let range = InstantRange(start, end)
            else { throw .field("return_end", "must be after return_start, and both be there") }
            back = range
        }
        return .people(
            .offerSwap(
                SwapWish(
                    schedule: name, window: window, inReturn: back, takerEmail: body.take,
                    reason: body.reason)))
    }

    func takeSwap() throws(APIFailure) -> Command {
        try noBody()
        return .people(.takeSwap(try named()))
    }

    func withdrawSwap() throws(APIFailure) -> Command {
        try noBody()
        return .people(.withdrawSwap(try named()))
    }
}

extension SwapView {
    init(_ report: SwapReport) {
        let (swap, terms) = (report.swap, report.swap.terms)
        self.init(
            id: swap.id.rawValue, schedule: swap.schedule, start: terms.window.start,
            end: terms.window.end, give: report.giverEmail, take: report.askedEmail,
            returnStart: terms.inReturn?.start, returnEnd: terms.inReturn?.end,
            reason: swap.reason, state: report.state.rawValue, takenBy: report.takerEmail,
            overrides: swap.halves.map(\.rawValue), createdAt: swap.createdAt)
    }
}
