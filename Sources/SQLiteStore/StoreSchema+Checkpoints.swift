extension StoreSchema {
    /// The tree over a log, the checkpoints that were signed for it, and the keys that signed.
    ///
    /// A node stands over sixteen nodes of the level below; level 0 are the hashes of the events.
    static let checkpoints = """
        CREATE TABLE log_node (
            tenant TEXT NOT NULL,
            level INTEGER NOT NULL CHECK (level > 0),
            number INTEGER NOT NULL,
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            PRIMARY KEY (tenant, level, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER node_follows BEFORE INSERT ON log_node
        BEGIN
            SELECT RAISE(ABORT, 'the nodes of a level have no gaps')
            WHERE NEW.number <> (
                SELECT coalesce(max(number) + 1, 0) FROM log_node
                WHERE tenant = NEW.tenant AND level = NEW.level);
        END;
        CREATE TRIGGER node_stays BEFORE UPDATE ON log_node
        BEGIN SELECT RAISE(ABORT, 'a node is never changed'); END;
        CREATE TRIGGER node_remains BEFORE DELETE ON log_node
        BEGIN SELECT RAISE(ABORT, 'a node is never deleted'); END;
        CREATE TABLE checkpoint (
            tenant TEXT NOT NULL,
            size INTEGER NOT NULL CHECK (size > 0),
            note BLOB NOT NULL,
            PRIMARY KEY (tenant, size)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER checkpoint_grows BEFORE INSERT ON checkpoint
        BEGIN
            SELECT RAISE(ABORT, 'a checkpoint speaks for more events than the one before')
            WHERE NEW.size <= (
                SELECT coalesce(max(size), 0) FROM checkpoint WHERE tenant = NEW.tenant);
            SELECT RAISE(ABORT, 'a checkpoint speaks for events that are there')
            WHERE NEW.size > (
                SELECT coalesce(max(sequence) + 1, 0) FROM event WHERE tenant = NEW.tenant);
        END;
        CREATE TRIGGER checkpoint_stays BEFORE UPDATE ON checkpoint
        BEGIN SELECT RAISE(ABORT, 'a checkpoint is never changed'); END;
        CREATE TRIGGER checkpoint_remains BEFORE DELETE ON checkpoint
        BEGIN SELECT RAISE(ABORT, 'a checkpoint is never deleted'); END;
        CREATE TABLE log_key (
            number INTEGER PRIMARY KEY,
            key BLOB NOT NULL CHECK (length(key) = 32)
        ) STRICT;
        CREATE TRIGGER key_follows BEFORE INSERT ON log_key
        WHEN NEW.number <> (SELECT coalesce(max(number) + 1, 0) FROM log_key)
        BEGIN SELECT RAISE(ABORT, 'the keys of the logs have no gaps'); END;
        CREATE TRIGGER key_stays BEFORE UPDATE ON log_key
        BEGIN SELECT RAISE(ABORT, 'a key of the logs is never changed'); END;
        CREATE TRIGGER key_remains BEFORE DELETE ON log_key
        BEGIN SELECT RAISE(ABORT, 'a key of the logs is never deleted'); END;
        -- With its own number and the hash before it, no line can stand in the log twice.
        CREATE TRIGGER event_counts BEFORE INSERT ON event
        WHEN instr(NEW.line, CAST('"seq":' || NEW.sequence || ',' AS BLOB)) = 0
        BEGIN SELECT RAISE(ABORT, 'an event has its number in its line'); END;
        """
}
