extension StoreSchema {
    /// Uses of break-glass and their reviews; why is with the approval. Only on top of the version
    /// before.
    static let breakGlass = """
        CREATE TABLE break_glass (
            tenant TEXT NOT NULL REFERENCES tenant (name),
            approval TEXT NOT NULL,
            member TEXT NOT NULL,
            at INTEGER NOT NULL,
            reviewer TEXT,
            reviewed INTEGER,
            PRIMARY KEY (tenant, approval),
            CHECK ((reviewer IS NULL) = (reviewed IS NULL)),
            CHECK (reviewer IS NULL OR reviewer <> member)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX break_glass_open ON break_glass (tenant, reviewed IS NULL, at);
        CREATE TRIGGER break_glass_is_reviewed_once BEFORE UPDATE ON break_glass
        WHEN OLD.reviewed IS NOT NULL OR NEW.member <> OLD.member OR NEW.at <> OLD.at
        BEGIN SELECT RAISE(ABORT, 'a use of break-glass is reviewed once'); END;
        CREATE TRIGGER break_glass_stays BEFORE DELETE ON break_glass
        BEGIN SELECT RAISE(ABORT, 'a use of break-glass is never forgotten'); END;
        """
}
