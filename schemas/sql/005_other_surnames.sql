-- Surnames under which others may still hold a person, one a line.
ALTER TABLE identity ADD COLUMN other_surnames TEXT NOT NULL DEFAULT '';
