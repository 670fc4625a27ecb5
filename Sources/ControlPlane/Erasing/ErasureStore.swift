public import Approvals

/// What a snapshot of the store can be asked about erasures, and about what may be erased.
public protocol ErasureReader {
    func erasure(_ id: ErasureID, of tenant: TenantName) throws(StoreFailure) -> Erasure?
    /// Erasures, newest first, those that are done too.
    func erasures(of tenant: TenantName, limit: Int) throws(StoreFailure) -> [Erasure]
    /// Everybody who ever had an e-mail, those who left too, the oldest first.
    func memberIDs(
        everNamed email: String, of tenant: TenantName
    ) throws(StoreFailure) -> [MemberID]
    /// Every agent that ever had a name, the oldest first.
    func agentIDs(everNamed name: String, of tenant: TenantName) throws(StoreFailure) -> [AgentID]
    /// An agent's approvals whose values are there, in the order of their ids.
    func kept(by agent: AgentID, of tenant: TenantName, limit: Int) throws(StoreFailure)
        -> [ApprovalID]
    /// Settled approvals that were asked for before an instant and whose values are there, the
    /// oldest first.
    func kept(
        in tenant: TenantName, before instant: Timestamp, limit: Int
    ) throws(StoreFailure) -> [ApprovalID]
    /// What events about an approval committed to and is not erased, in the order of the log.
    func documents(
        about approval: ApprovalID, of tenant: TenantName
    ) throws(StoreFailure) -> [CommittedDocument]
    /// What a person wrote or is named in and is not erased: documents with one of these names of
    /// events by them or about them, in the order of the log.
    func documents(
        of member: MemberID, named names: [String], in tenant: TenantName, limit: Int
    ) throws(StoreFailure) -> [CommittedDocument]
}

/// What a transaction can erase. Nothing of it comes back.
public protocol ErasureWriter: ErasureReader {
    /// Adds an erasure, or saves what became of one that is not done; false when it is.
    func save(_ erasure: Erasure, in tenant: TenantName) throws(StoreFailure) -> Bool
    /// Erases salts and values of a document; the digests stay. The event says that it is erased.
    func erase(
        _ document: CommittedDocument, toldBy event: Int64, in tenant: TenantName
    ) throws(StoreFailure)
    /// Forgets what is kept of an approval's call beside the approval itself.
    func eraseTraces(of approval: ApprovalID, in tenant: TenantName) throws(StoreFailure)
    /// Saves a grant without its values, though it ended.
    func saveErased(_ grant: Grant) throws(StoreFailure)
    /// Puts a pseudonym in the place of the e-mail of somebody who left, and drops what else they
    /// wrote beside the log.
    func eraseEmail(
        of member: MemberID, as pseudonym: String, in tenant: TenantName
    ) throws(StoreFailure)
}
