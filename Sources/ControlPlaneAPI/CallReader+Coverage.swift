import Approvals
import ControlPlane
import WireAPI

// What people send about their own shift, and what is asked about coverage.
extension CallReader {
    func coverage() throws(APIFailure) -> Query {
        try knowing("days")
        return .people(.coverage(days: try number("days", in: 1...APILimits.coverageDaysMax) ?? 14))
    }

    func leaveShift() throws(APIFailure) -> Command {
        guard !call.body.isEmpty else { return .people(.leaveShift(until: nil)) }
        let body: OffShiftBody = try body()
        return .people(.leaveShift(until: body.until, isPreview: body.preview ?? false))
    }

    func joinShift() throws(APIFailure) -> Command {
        try noBody()
        return .people(.joinShift)
    }
}
