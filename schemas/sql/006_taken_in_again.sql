-- A file that was taken in before, for the people registered since. Its facts are theirs only; the first
-- document with the same bytes keeps its own.
ALTER TABLE document ADD COLUMN again INTEGER NOT NULL DEFAULT 0 CHECK (again IN (0, 1));
DROP INDEX document_taken_in;
CREATE UNIQUE INDEX document_taken_in ON document (sha256) WHERE state = 2 AND again = 0;
