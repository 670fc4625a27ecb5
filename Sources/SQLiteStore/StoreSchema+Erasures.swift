extension StoreSchema {
    /// A document of an event goes only when another event says so, and its digests stay, so that
    /// the log verifies. An erased approval stays erased; everything of an erasure is in `sealed`.
    static let erasures = """
        CREATE TABLE erased_document (
            tenant TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            document TEXT NOT NULL,
            digests BLOB NOT NULL CHECK (length(digests) > 0 AND length(digests) % 32 = 0),
            event INTEGER NOT NULL CHECK (event > sequence),
            PRIMARY KEY (tenant, sequence, document),
            FOREIGN KEY (tenant, sequence) REFERENCES event (tenant, sequence),
            FOREIGN KEY (tenant, event) REFERENCES event (tenant, sequence)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER erased_document_is_told BEFORE INSERT ON erased_document
        WHEN NOT EXISTS (
            SELECT 1 FROM event WHERE tenant = NEW.tenant AND sequence = NEW.event
            AND type = 'disclosure.erased'
            AND instr(line, CAST('"doc":"' || NEW.document || '"' AS BLOB)) > 0
            AND instr(line, CAST('"seq":' || NEW.sequence || '}' AS BLOB)) > 0)
        BEGIN SELECT RAISE(ABORT, 'an erasure has an event that says so'); END;
        CREATE TRIGGER erased_document_stays BEFORE UPDATE ON erased_document
        BEGIN SELECT RAISE(ABORT, 'what was erased stays erased'); END;
        CREATE TRIGGER erased_document_remains BEFORE DELETE ON erased_document
        BEGIN SELECT RAISE(ABORT, 'what was erased stays erased'); END;
        DROP TRIGGER disclosure_remains;
        CREATE TRIGGER disclosure_remains BEFORE DELETE ON disclosure
        WHEN NOT EXISTS (
            SELECT 1 FROM erased_document WHERE tenant = OLD.tenant
            AND sequence = OLD.sequence AND document = OLD.document)
        BEGIN SELECT RAISE(ABORT, 'a disclosure is deleted only by an erasure'); END;
        CREATE TRIGGER disclosure_is_not_back BEFORE INSERT ON disclosure
        WHEN EXISTS (
            SELECT 1 FROM erased_document WHERE tenant = NEW.tenant
            AND sequence = NEW.sequence AND document = NEW.document)
        BEGIN SELECT RAISE(ABORT, 'what was erased stays erased'); END;
        ALTER TABLE approval ADD COLUMN erased INTEGER NOT NULL DEFAULT 0
            CHECK (erased IN (0, 1));
        CREATE INDEX approval_kept ON approval (tenant, id) WHERE pending = 0 AND erased = 0;
        CREATE TRIGGER approval_stays_erased BEFORE UPDATE ON approval
        WHEN OLD.erased = 1 AND NEW.erased = 0
        BEGIN SELECT RAISE(ABORT, 'what was erased stays erased'); END;
        DROP TRIGGER standing_grant_ends_once;
        CREATE TRIGGER standing_grant_ends_once BEFORE UPDATE ON standing_grant
        WHEN OLD.open = 0 AND NEW.open = 1 OR NEW.expires <> OLD.expires
            OR NEW.agent <> OLD.agent OR NEW.version <> OLD.version + 1
        BEGIN SELECT RAISE(ABORT, 'a grant that ended stays ended'); END;
        CREATE TABLE erasure (
            tenant TEXT NOT NULL REFERENCES tenant (name),
            id TEXT NOT NULL,
            open INTEGER NOT NULL CHECK (open IN (0, 1)),
            sealed BLOB NOT NULL,
            PRIMARY KEY (tenant, id)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER erasure_stays BEFORE DELETE ON erasure
        BEGIN SELECT RAISE(ABORT, 'an erasure is never forgotten'); END;
        CREATE TRIGGER erasure_is_done_once BEFORE UPDATE ON erasure WHEN OLD.open = 0
        BEGIN SELECT RAISE(ABORT, 'an erasure that is done stays done'); END;
        """
}
