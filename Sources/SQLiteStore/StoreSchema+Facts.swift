extension StoreSchema {
    /// What policies read of earlier calls. A `mark` stands for arguments or a value, under the
    /// store's key: an empty one for all calls of an agent with a tool.
    static let facts = """
        CREATE TABLE call_count (
            row INTEGER PRIMARY KEY,
            tenant TEXT NOT NULL,
            agent TEXT NOT NULL,
            tool TEXT NOT NULL,
            mark BLOB NOT NULL,
            step INTEGER NOT NULL,
            submitted INTEGER NOT NULL DEFAULT 0,
            approved INTEGER NOT NULL DEFAULT 0,
            rejected INTEGER NOT NULL DEFAULT 0,
            UNIQUE (tenant, agent, tool, mark, step)
        ) STRICT;
        CREATE INDEX call_count_age ON call_count (tenant, step);
        CREATE TABLE call_total (
            tenant TEXT NOT NULL,
            agent TEXT NOT NULL,
            tool TEXT NOT NULL,
            first INTEGER NOT NULL,
            submitted INTEGER NOT NULL,
            PRIMARY KEY (tenant, agent, tool)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE approved_value (
            tenant TEXT NOT NULL,
            agent TEXT NOT NULL,
            tool TEXT NOT NULL,
            mark BLOB NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (tenant, agent, tool, mark)
        ) STRICT, WITHOUT ROWID;
        """

    /// Out of a hundred calls, how many a version decides.
    static let canaries = """
        ALTER TABLE policy_mode ADD COLUMN share INTEGER CHECK (share BETWEEN 1 AND 99);
        ALTER TABLE policy_mode ADD COLUMN proposed_share INTEGER;
        """
}
