"""The tables of the journal's file, and the migrations from each version to the next."""

from __future__ import annotations

APPLICATION_ID = 0x54696D41  # "TimA"

FIRST_VERSION = """
CREATE TABLE task (
  id          INTEGER PRIMARY KEY,
  key         TEXT NOT NULL UNIQUE,      -- see Task.key
  title       TEXT NOT NULL,
  card_origin TEXT,
  card_id     INTEGER,
  used_at     INTEGER NOT NULL           -- unix seconds of the latest start
) STRICT;
CREATE INDEX task_by_use ON task (used_at);

CREATE TABLE entry (
  id          TEXT PRIMARY KEY,
  task_id     INTEGER NOT NULL REFERENCES task (id),
  comment     TEXT NOT NULL,
  source      TEXT NOT NULL,
  started_at  INTEGER NOT NULL,          -- unix seconds, as all instants here
  stopped_at  INTEGER,                   -- NULL while it runs
  cancelled   INTEGER NOT NULL DEFAULT 0,
  remote_id         TEXT,                -- what TimeCrowd last said of it
  remote_task_id    TEXT,
  remote_started_at INTEGER,
  remote_stopped_at INTEGER,
  CHECK (stopped_at IS NULL OR stopped_at >= started_at)
) STRICT;
CREATE UNIQUE INDEX entry_running ON entry ((1)) WHERE stopped_at IS NULL AND cancelled = 0;
CREATE INDEX entry_by_stop ON entry (stopped_at);

CREATE TABLE stretch (                   -- the part of an entry that falls on one local date
  entry_id    TEXT NOT NULL REFERENCES entry (id),
  for_date    TEXT NOT NULL,
  seconds     INTEGER NOT NULL,
  card        TEXT,                      -- the card's address
  PRIMARY KEY (entry_id, for_date)
) STRICT, WITHOUT ROWID;
CREATE INDEX stretch_by_date ON stretch (for_date, seconds);
CREATE INDEX stretch_by_card ON stretch (card, for_date, seconds) WHERE card IS NOT NULL;

CREATE TABLE delivery (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  entry_id    TEXT NOT NULL REFERENCES entry (id),
  service     TEXT NOT NULL,
  kind        TEXT NOT NULL,
  message     TEXT NOT NULL,             -- JSON, see messages.py
  state       TEXT NOT NULL,
  attempts    INTEGER NOT NULL DEFAULT 0,
  remote_id   TEXT,
  error       TEXT NOT NULL DEFAULT '',
  sent_at     INTEGER,                   -- when the latest attempt began
  left_to_person INTEGER NOT NULL DEFAULT 0,  -- a look could not tell: nobody looks by itself
  card        TEXT,                      -- of a log: whose minutes on which date
  for_date    TEXT,
  minutes     INTEGER
) STRICT;
CREATE INDEX delivery_by_entry ON delivery (entry_id, id);
CREATE INDEX delivery_open ON delivery (service, state, id)
  WHERE state IN ('waiting', 'sending', 'unknown', 'blocked');
CREATE INDEX delivery_by_remote ON delivery (service, remote_id) WHERE remote_id IS NOT NULL;
CREATE INDEX delivery_of_card ON delivery (card, for_date, minutes) WHERE card IS NOT NULL;

CREATE TABLE tally (                     -- deliveries by state, so that nobody counts a million
  state       TEXT PRIMARY KEY,
  deliveries  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO tally VALUES
  ('waiting', 0), ('sending', 0), ('unknown', 0), ('blocked', 0), ('done', 0), ('dropped', 0);
CREATE TRIGGER delivery_comes AFTER INSERT ON delivery BEGIN
  UPDATE tally SET deliveries = deliveries + 1 WHERE state = new.state;
END;
CREATE TRIGGER delivery_moves AFTER UPDATE OF state ON delivery BEGIN
  UPDATE tally SET deliveries = deliveries - 1 WHERE state = old.state;
  UPDATE tally SET deliveries = deliveries + 1 WHERE state = new.state;
END;

CREATE TABLE service (                   -- how each service was when last seen
  name        TEXT PRIMARY KEY,
  health      TEXT NOT NULL,
  detail      TEXT NOT NULL,
  not_before  INTEGER,
  failures    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""

SECOND_VERSION = """
ALTER TABLE entry ADD COLUMN zone TEXT;           -- in which its dates were found
ALTER TABLE entry ADD COLUMN began_wall REAL;     -- both clocks when it was begun, by its command
ALTER TABLE entry ADD COLUMN began_boot TEXT;
ALTER TABLE entry ADD COLUMN began_steady REAL;

ALTER TABLE delivery ADD COLUMN about INTEGER;    -- the delivery that this one changes or removes
CREATE INDEX delivery_by_about ON delivery (about) WHERE about IS NOT NULL;

CREATE TABLE attempt (                   -- tries of which nobody knows whether they arrived
  id          INTEGER PRIMARY KEY,
  delivery_id INTEGER NOT NULL REFERENCES delivery (id),
  kind        TEXT NOT NULL,
  message     TEXT NOT NULL,             -- what was sent; the delivery may say something else now
  wall        REAL NOT NULL,
  boot        TEXT,
  steady      REAL
) STRICT;
CREATE INDEX attempt_by_delivery ON attempt (delivery_id, id);

CREATE TABLE watch (                     -- delivered, yet an attempt may still arrive and double it
  delivery_id INTEGER PRIMARY KEY REFERENCES delivery (id),
  service     TEXT NOT NULL,
  since       INTEGER NOT NULL,
  next_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX watch_by_time ON watch (service, next_at);

CREATE TABLE amendment (                 -- what a person changed, so that it can be undone
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  entry_id    TEXT NOT NULL REFERENCES entry (id),
  kind        TEXT NOT NULL,
  before      TEXT NOT NULL,             -- JSON, see amendments.py
  undone      INTEGER NOT NULL DEFAULT 0
) STRICT;

DROP TRIGGER delivery_comes;
DROP TRIGGER delivery_moves;
DROP TABLE tally;
CREATE TABLE tally (                     -- deliveries, so that nobody counts a million
  service     TEXT NOT NULL,
  state       TEXT NOT NULL,
  needs_person INTEGER NOT NULL,
  deliveries  INTEGER NOT NULL,
  PRIMARY KEY (service, state, needs_person)
) STRICT, WITHOUT ROWID;
INSERT INTO tally
  SELECT service, state, person, (SELECT count(*) FROM delivery
    WHERE delivery.service = services.service AND delivery.state = states.state AND person =
      (delivery.state = 'blocked' OR (delivery.state = 'unknown' AND left_to_person)))
  FROM (SELECT 'timecrowd' AS service UNION SELECT 'kaiten') AS services,
    (SELECT 'waiting' AS state, 0 AS person UNION SELECT 'sending', 0 UNION SELECT 'unknown', 0
     UNION SELECT 'unknown', 1 UNION SELECT 'blocked', 1 UNION SELECT 'done', 0
     UNION SELECT 'dropped', 0) AS states;
CREATE TRIGGER delivery_comes AFTER INSERT ON delivery BEGIN
  UPDATE tally SET deliveries = deliveries + 1
  WHERE service = new.service AND state = new.state AND needs_person =
    (new.state = 'blocked' OR (new.state = 'unknown' AND new.left_to_person));
END;
CREATE TRIGGER delivery_moves AFTER UPDATE OF state, left_to_person ON delivery BEGIN
  UPDATE tally SET deliveries = deliveries - 1
  WHERE service = old.service AND state = old.state AND needs_person =
    (old.state = 'blocked' OR (old.state = 'unknown' AND old.left_to_person));
  UPDATE tally SET deliveries = deliveries + 1
  WHERE service = new.service AND state = new.state AND needs_person =
    (new.state = 'blocked' OR (new.state = 'unknown' AND new.left_to_person));
END;
"""

THIRD_VERSION = """
CREATE TABLE away (                      -- stretches of entries in which nobody was there
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  entry_id    TEXT NOT NULL REFERENCES entry (id),
  began       INTEGER NOT NULL,
  ended       INTEGER,                   -- NULL while nobody is back
  shortest    INTEGER NOT NULL,          -- seconds: less than that of an entry is not asked about
  causes      TEXT NOT NULL,             -- JSON
  answer      TEXT                       -- NULL while nobody has answered
) STRICT;
CREATE INDEX away_open ON away (entry_id) WHERE answer IS NULL;

-- The next one in order without reading all that wait: an index for several states sorts them.
CREATE INDEX delivery_waiting ON delivery (service, id) WHERE state = 'waiting';
CREATE INDEX delivery_unknown ON delivery (service, id) WHERE state = 'unknown';

CREATE INDEX entry_by_start ON entry (started_at) WHERE cancelled = 0;

ALTER TABLE task ADD COLUMN pinned_at INTEGER;        -- NULL if it is not pinned
CREATE INDEX task_pinned ON task (pinned_at) WHERE pinned_at IS NOT NULL;
ALTER TABLE delivery ADD COLUMN refused_status INTEGER;  -- of a refusal, where it had one
"""

FOURTH_VERSION = """
ALTER TABLE watch ADD COLUMN boot TEXT;   -- with `since`: both clocks, as the wall clock may be set
ALTER TABLE watch ADD COLUMN steady REAL;
"""

FIFTH_VERSION = """
ALTER TABLE entry ADD COLUMN stopped_elsewhere INTEGER NOT NULL DEFAULT 0;  -- by another device
ALTER TABLE entry ADD COLUMN switched_at INTEGER;  -- TimeCrowd's stamp of our own next start
ALTER TABLE delivery ADD COLUMN look_first INTEGER NOT NULL DEFAULT 0;  -- another one may log it
ALTER TABLE delivery ADD COLUMN not_before INTEGER;  -- whose turn it is: NULL, at once
ALTER TABLE delivery ADD COLUMN claimed INTEGER NOT NULL DEFAULT 0;  -- another computer's log

CREATE TABLE card_key (                  -- which card has a key: Kaiten is asked once
  card_origin TEXT NOT NULL,
  key         TEXT NOT NULL,
  card_id     INTEGER NOT NULL,
  PRIMARY KEY (card_origin, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX away_by_entry ON away (entry_id, ended);
CREATE INDEX delivery_by_turn ON delivery (service, not_before) WHERE not_before IS NOT NULL;
CREATE TABLE account (                   -- of TimeCrowd: since when other devices are followed
  name          TEXT PRIMARY KEY,        -- its address and the user's number there
  first_used_at INTEGER NOT NULL,        -- when it was set up here
  used_since    INTEGER NOT NULL,        -- when it last took the place of another one
  is_current    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE service_clock (             -- what is known of the services' clock: one row at most
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  difference  REAL NOT NULL,             -- seconds: it less our wall clock
  wall        REAL NOT NULL,             -- our own clocks at that moment
  boot        TEXT,
  steady      REAL,
  of_entries  INTEGER NOT NULL           -- the service that holds entries said so, not another one
) STRICT;
CREATE TABLE clock_stamp (               -- ends of entries as they were given here
  entry_id    TEXT NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
  is_stop     INTEGER NOT NULL,
  instant     INTEGER NOT NULL,          -- as it was given; another one was changed since
  named       INTEGER NOT NULL,          -- a person named it, and it was not that of a click
  wall        REAL NOT NULL,             -- our own clocks when it was given
  boot        TEXT NOT NULL,
  steady      REAL NOT NULL,
  PRIMARY KEY (entry_id, is_stop)
) STRICT, WITHOUT ROWID;
CREATE INDEX clock_stamp_by_boot ON clock_stamp (boot);
"""

SIXTH_VERSION = """
ALTER TABLE task ADD COLUMN address TEXT; -- of a task that is worked on at a web address
ALTER TABLE task ADD COLUMN room TEXT;    -- the chat room's address, where that is a message in one
ALTER TABLE task ADD COLUMN timecrowd_task INTEGER; -- of one that was chosen in TimeCrowd
ALTER TABLE task ADD COLUMN timecrowd_team INTEGER; -- NULL while its team is not known
CREATE TABLE room (                       -- chat rooms that a person has named
  address     TEXT PRIMARY KEY,
  name        TEXT NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE entry ADD COLUMN route TEXT;  -- JSON: team, category, role; NULL: the plain settings
ALTER TABLE task ADD COLUMN route TEXT;   -- the same, what a person chose for the task
CREATE TABLE card_place (                 -- where Kaiten last showed a card
  card        TEXT PRIMARY KEY,           -- the card's address
  board_id    INTEGER,
  space_id    INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE service_list (               -- lists of a service as they were last seen
  name        TEXT PRIMARY KEY,           -- such as "categories 11609"
  content     TEXT NOT NULL               -- JSON: id and name of each row
) STRICT, WITHOUT ROWID;
-- The latest that can be undone, without reading all that were undone after it.
CREATE INDEX amendment_open ON amendment (undone) WHERE undone = 0;
"""

MIGRATIONS = (
    FIRST_VERSION,
    SECOND_VERSION,
    THIRD_VERSION,
    FOURTH_VERSION,
    FIFTH_VERSION,
    SIXTH_VERSION,
)
"""MIGRATIONS[n] takes a file from user_version n to n + 1."""

FAR_FUTURE_SQL = str(1 << 40)
"""Later than any instant of an entry."""


def awaits_answer_sql(now: str) -> str:
    """SQL: whether a row of `away` and its entry wait for an answer, as far as `now`.

    Only the part counts that lies within the entry as it is at present, so that edits of its times
    need not know of questions.
    """
    return f"""away.answer IS NULL AND entry.cancelled = 0
  AND min(coalesce(away.ended, {now}), coalesce(entry.stopped_at, {now}))
    - max(away.began, entry.started_at) >= away.shortest"""
