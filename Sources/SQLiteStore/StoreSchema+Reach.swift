extension StoreSchema {
    /// When a person or everybody of a group may be disturbed; only on top of the version before.
    static let reach = """
        CREATE TABLE reach (
            tenant TEXT NOT NULL REFERENCES tenant (name),
            kind TEXT NOT NULL CHECK (kind IN ('group', 'member')),
            name TEXT NOT NULL,
            version INTEGER NOT NULL CHECK (version > 0),
            changer TEXT NOT NULL,
            changed INTEGER NOT NULL,
            record TEXT NOT NULL,
            PRIMARY KEY (tenant, kind, name),
            FOREIGN KEY (tenant, changer) REFERENCES member (tenant, id)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER reach_follows BEFORE UPDATE ON reach
        WHEN NEW.version <> OLD.version + 1
        BEGIN SELECT RAISE(ABORT, 'the versions of quiet hours have no gaps'); END;
        """
}
