extension StoreSchema {
    /// Everything of a grant is in `sealed`, the approved arguments too.
    static let grants = """
        CREATE TABLE standing_grant (
            tenant TEXT NOT NULL REFERENCES tenant (name),
            id TEXT NOT NULL,
            agent TEXT NOT NULL,
            expires INTEGER NOT NULL,
            open INTEGER NOT NULL CHECK (open IN (0, 1)),
            version INTEGER NOT NULL,
            sealed BLOB NOT NULL,
            PRIMARY KEY (tenant, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX standing_grant_open ON standing_grant (tenant, agent, expires)
        WHERE open = 1;
        CREATE TRIGGER standing_grant_stays BEFORE DELETE ON standing_grant
        BEGIN SELECT RAISE(ABORT, 'a grant is never deleted'); END;
        CREATE TRIGGER standing_grant_ends_once BEFORE UPDATE ON standing_grant
        WHEN OLD.open = 0 OR NEW.expires <> OLD.expires OR NEW.agent <> OLD.agent
            OR NEW.version <> OLD.version + 1
        BEGIN SELECT RAISE(ABORT, 'a grant that ended stays ended'); END;
        """
}
