/**
 * The tables of the embedded store. A run, and a source of a member's fixes, have a number of their
 * own that is never used again: what belongs to a deleted number is invisible at once, and is swept
 * later in pieces (sqlite-sweep.ts).
 */

/** Each entry leads from the schema version of its index to the next. Add; never change one. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE run (
    no INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    -- 0: only routes were put so far, and the run does not exist
    version INTEGER NOT NULL,
    wakeAtMs INTEGER
  ) STRICT;
  CREATE INDEX runByWake ON run (wakeAtMs) WHERE wakeAtMs IS NOT NULL;
  CREATE TABLE forgotten (runNo INTEGER PRIMARY KEY) STRICT;

  CREATE TABLE journal (
    runNo INTEGER NOT NULL,
    version INTEGER NOT NULL,
    commandId TEXT NOT NULL,
    fact TEXT NOT NULL,
    mac TEXT NOT NULL,
    PRIMARY KEY (runNo, version)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX journalByCommand ON journal (runNo, commandId, version);

  CREATE TABLE word (
    runNo INTEGER NOT NULL,
    key TEXT NOT NULL,
    ownerId TEXT,
    text TEXT NOT NULL,
    PRIMARY KEY (runNo, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE route (
    runNo INTEGER NOT NULL,
    routeId TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (runNo, routeId)
  ) STRICT;
  CREATE TABLE attached (
    trackerId TEXT NOT NULL,
    runNo INTEGER NOT NULL,
    memberId TEXT NOT NULL,
    PRIMARY KEY (trackerId, runNo, memberId)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX attachedByMember ON attached (runNo, memberId);
  CREATE TABLE erased (
    runNo INTEGER NOT NULL,
    memberId TEXT NOT NULL,
    PRIMARY KEY (runNo, memberId)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE member (
    runNo INTEGER NOT NULL,
    memberId TEXT NOT NULL,
    aside TEXT NOT NULL,
    newestTrackNo INTEGER,
    newestKey INTEGER,
    newestTakenAtMs INTEGER NOT NULL,
    PRIMARY KEY (runNo, memberId)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE track (
    no INTEGER PRIMARY KEY AUTOINCREMENT,
    runNo INTEGER NOT NULL,
    memberId TEXT NOT NULL,
    source TEXT NOT NULL,
    ranges TEXT NOT NULL,
    UNIQUE (runNo, memberId, source)
  ) STRICT;
  CREATE TABLE fix (
    trackNo INTEGER NOT NULL,
    key INTEGER NOT NULL,
    flag INTEGER NOT NULL,
    receivedAtMs INTEGER NOT NULL,
    takenAtMs INTEGER NOT NULL,
    latitudeDeg REAL NOT NULL,
    longitudeDeg REAL NOT NULL,
    accuracyM REAL,
    speedMps REAL,
    headingDeg REAL,
    altitudeM REAL,
    battery REAL,
    PRIMARY KEY (trackNo, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE settled (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  -- digests of the ids of forgotten runs: they tell an id that comes back, and nothing of a run
  CREATE TABLE tombstone (digest BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
  -- one row; place: which file it was at the last opening
  CREATE TABLE life (life TEXT NOT NULL, place TEXT NOT NULL) STRICT;
  ALTER TABLE track ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
  UPDATE track SET kept = (SELECT count(*) FROM fix WHERE trackNo = no);
  `,
  `
  ALTER TABLE member ADD COLUMN progressAtMs INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE member ADD COLUMN progress TEXT;
  `,
  `
  -- fixes of phones from here on, packed (sqlite-chunks.ts); those of trackers, known by no number in a row, stay in fix
  CREATE TABLE chunk (
    no INTEGER PRIMARY KEY,
    trackNo INTEGER NOT NULL,
    -- of the same track; 0: none
    beforeNo INTEGER NOT NULL,
    points BLOB NOT NULL
  ) STRICT;
  -- through which ranges and kept count; later ones are counted in memory (sqlite-members.ts)
  ALTER TABLE track ADD COLUMN lastChunkNo INTEGER NOT NULL DEFAULT 0;
  -- the newest believed fix as JSON; NULL: as newestTrackNo and newestKey say
  ALTER TABLE member ADD COLUMN newest TEXT;
  -- one row: all chunks through this one are counted in the row of their track
  CREATE TABLE counted (chunkNo INTEGER NOT NULL) STRICT;
  INSERT INTO counted VALUES (0);
  `,
  `
  CREATE TABLE club (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE clubRun (
    clubId TEXT NOT NULL,
    runNo INTEGER NOT NULL,
    inviteId TEXT NOT NULL,
    plannedStartMs INTEGER NOT NULL,
    PRIMARY KEY (clubId, runNo)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX clubRunByRun ON clubRun (runNo);
  `,
  `
  ALTER TABLE club ADD COLUMN keptUntilMs INTEGER NOT NULL DEFAULT 0;
  UPDATE club SET keptUntilMs = (strftime('%s', 'now') + 365 * 24 * 3600) * 1000;
  CREATE TABLE clubSecret (
    clubId TEXT NOT NULL,
    secret TEXT NOT NULL,
    renewalNo INTEGER NOT NULL,
    renewedBy TEXT NOT NULL,
    PRIMARY KEY (clubId, secret)
  ) STRICT, WITHOUT ROWID;
  `,
]
