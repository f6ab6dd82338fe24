-- Yearly questions asked by file, and the files that answer them.

-- Request files we wrote. `text` is the file, word for word, until it stands in its place: a run
-- that was killed before that writes the same bytes again. Rows stay: a number is used once.
CREATE TABLE request_file (
  control    INTEGER PRIMARY KEY,
  created_at INTEGER NOT NULL,
  asked_on   INTEGER NOT NULL,
  questions  INTEGER NOT NULL CHECK (questions > 0),
  sha256     TEXT    NOT NULL CHECK (length(sha256) = 64),
  text       TEXT
) STRICT;
CREATE INDEX request_file_unwritten ON request_file (control) WHERE text IS NOT NULL;

-- Control numbers of answer files that were taken in. Rows stay.
CREATE TABLE answer_file (
  control  TEXT    PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (document),
  sha256   TEXT    NOT NULL CHECK (length(sha256) = 64)
) STRICT, WITHOUT ROWID;

CREATE TABLE file_question (
  request_id TEXT    PRIMARY KEY,
  control    INTEGER NOT NULL REFERENCES request_file (control),
  person     INTEGER NOT NULL REFERENCES identity (person),
  purpose    TEXT    NOT NULL,
  asked_on   INTEGER NOT NULL,
  unearned   INTEGER NOT NULL CHECK (unearned IN (0, 1)),
  state      INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
  settled_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX file_question_person ON file_question (person, asked_on);
