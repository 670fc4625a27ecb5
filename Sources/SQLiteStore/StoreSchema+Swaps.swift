extension StoreSchema {
    /// Offers to swap; what is taken is overrides beside it. Only on top of the version before.
    static let swaps = """
        CREATE TABLE duty_swap (
            tenant TEXT NOT NULL REFERENCES tenant (name),
            id TEXT NOT NULL,
            schedule TEXT NOT NULL,
            starts INTEGER NOT NULL,
            ends INTEGER NOT NULL,
            version INTEGER NOT NULL CHECK (version > 0),
            created INTEGER NOT NULL,
            record TEXT NOT NULL,
            PRIMARY KEY (tenant, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX duty_swap_ends ON duty_swap (tenant, schedule, ends);
        CREATE TRIGGER duty_swap_follows BEFORE UPDATE ON duty_swap
        WHEN NEW.version <> OLD.version + 1 OR NEW.schedule <> OLD.schedule
            OR NEW.starts <> OLD.starts OR NEW.ends <> OLD.ends OR NEW.created <> OLD.created
        BEGIN SELECT RAISE(ABORT, 'the hours of an offer stay, its versions have no gaps'); END;
        """
}
