import Approvals
import ControlPlane
import Policies
import WireAPI

extension PolicyView {
    init(_ policy: PublishedPolicy, names: [MemberID: String]) {
        self.init(
            id: policy.id.rawValue, version: policy.version, digest: policy.digest,
            status: policy.status.rawValue, share: policy.share,
            proposal: policy.proposal.map { proposal in
                PolicyProposalView(
                    status: proposal.status.rawValue, share: proposal.share,
                    by: names[proposal.by] ?? proposal.by.rawValue, at: proposal.at)
            }, document: policy.document,
            publishedBy: names[policy.publishedBy] ?? policy.publishedBy.rawValue,
            publishedAt: policy.publishedAt)
    }
}
