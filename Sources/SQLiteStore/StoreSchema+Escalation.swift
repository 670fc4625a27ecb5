extension StoreSchema {
    /// A pending approval always has the one instant at which a timer looks at it: the table
    /// refuses one without, and the index, which is empty, tells of one that came about otherwise.
    static let escalation = """
        CREATE TABLE escalation_plan (
            tenant TEXT NOT NULL,
            member_group TEXT NOT NULL,
            version INTEGER NOT NULL CHECK (version > 0),
            plan TEXT NOT NULL,
            changer TEXT NOT NULL,
            changed INTEGER NOT NULL,
            PRIMARY KEY (tenant, member_group),
            FOREIGN KEY (tenant, changer) REFERENCES member (tenant, id)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER escalation_plan_follows BEFORE UPDATE ON escalation_plan
        WHEN NEW.version <> OLD.version + 1
        BEGIN SELECT RAISE(ABORT, 'the versions of a plan have no gaps'); END;
        CREATE INDEX approval_untimed ON approval (tenant, id) WHERE pending = 1 AND due IS NULL;
        CREATE TRIGGER approval_begins_timed BEFORE INSERT ON approval
        WHEN NEW.pending = 1 AND NEW.due IS NULL
        BEGIN SELECT RAISE(ABORT, 'a pending approval has a timer'); END;
        CREATE TRIGGER approval_stays_timed BEFORE UPDATE ON approval
        WHEN NEW.pending = 1 AND NEW.due IS NULL
        BEGIN SELECT RAISE(ABORT, 'a pending approval has a timer'); END;
        """
}
