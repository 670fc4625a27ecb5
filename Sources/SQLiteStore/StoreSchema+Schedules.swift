extension StoreSchema {
    /// Every version of a schedule stays, so that who was on duty is never computed from what was
    /// changed later. Two overrides that share a person and an instant are refused here, whoever
    /// asks; one may only replace the person whom its parent adds, within its parent's window.
    static let schedules = """
        CREATE TABLE duty_schedule (
            tenant TEXT NOT NULL REFERENCES tenant (name),
            name TEXT NOT NULL,
            version INTEGER NOT NULL CHECK (version > 0),
            removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
            changer TEXT NOT NULL,
            changed INTEGER NOT NULL,
            record TEXT NOT NULL,
            PRIMARY KEY (tenant, name, version),
            FOREIGN KEY (tenant, changer) REFERENCES member (tenant, id)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER duty_schedule_follows BEFORE INSERT ON duty_schedule
        WHEN NEW.version <> (
            SELECT coalesce(max(version) + 1, 1) FROM duty_schedule
            WHERE tenant = NEW.tenant AND name = NEW.name)
        BEGIN SELECT RAISE(IGNORE); END;
        CREATE TRIGGER duty_schedule_stays BEFORE UPDATE ON duty_schedule
        BEGIN SELECT RAISE(ABORT, 'a version of a schedule is never changed'); END;
        CREATE TABLE duty_override (
            tenant TEXT NOT NULL REFERENCES tenant (name),
            id TEXT NOT NULL,
            schedule TEXT NOT NULL,
            starts INTEGER NOT NULL,
            ends INTEGER NOT NULL,
            removes TEXT,
            adds TEXT,
            parent TEXT,
            reason TEXT NOT NULL,
            creator TEXT NOT NULL,
            created INTEGER NOT NULL,
            PRIMARY KEY (tenant, id),
            CHECK (starts < ends),
            CHECK (removes IS NOT NULL OR adds IS NOT NULL),
            CHECK (removes IS NULL OR adds IS NULL OR removes <> adds),
            FOREIGN KEY (tenant, creator) REFERENCES member (tenant, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX duty_override_ends ON duty_override (tenant, schedule, ends);
        CREATE TRIGGER duty_override_conflicts BEFORE INSERT ON duty_override
        WHEN EXISTS (
            SELECT 1 FROM duty_override AS other
            WHERE other.tenant = NEW.tenant AND other.schedule = NEW.schedule
            AND other.starts < NEW.ends AND NEW.starts < other.ends
            AND other.id <> coalesce(NEW.parent, '')
            AND other.id <> coalesce((
                SELECT parent FROM duty_override
                WHERE tenant = NEW.tenant AND id = NEW.parent), '')
            AND (other.removes IN (NEW.removes, NEW.adds) OR other.adds IN (NEW.removes, NEW.adds)))
        BEGIN SELECT RAISE(IGNORE); END;
        CREATE TRIGGER duty_override_hangs BEFORE INSERT ON duty_override
        WHEN NEW.parent IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM duty_override AS above
            WHERE above.tenant = NEW.tenant AND above.id = NEW.parent
            AND above.schedule = NEW.schedule AND above.adds = NEW.removes
            AND above.starts <= NEW.starts AND NEW.ends <= above.ends)
        BEGIN SELECT RAISE(IGNORE); END;
        CREATE TRIGGER duty_override_shortens BEFORE UPDATE ON duty_override
        WHEN NEW.tenant <> OLD.tenant OR NEW.id <> OLD.id OR NEW.schedule <> OLD.schedule
            OR NEW.starts <> OLD.starts OR NEW.ends > OLD.ends OR NEW.removes IS NOT OLD.removes
            OR NEW.adds IS NOT OLD.adds OR NEW.parent IS NOT OLD.parent
        BEGIN SELECT RAISE(ABORT, 'an override is only ever ended'); END;
        """
}
