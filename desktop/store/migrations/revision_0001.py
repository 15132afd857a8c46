"""The first schema."""

from alembic import op

revision = "0001"
down_revision = None

TABLES = """
CREATE TABLE setting(
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE generation(
    number INTEGER PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('present', 'filling', 'gone')),
    cursor TEXT NOT NULL DEFAULT '',
    epoch TEXT NOT NULL DEFAULT ''
);
INSERT INTO generation(number, state) VALUES (1, 'present');

CREATE TABLE bucket(
    generation INTEGER NOT NULL,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    held INTEGER NOT NULL,
    PRIMARY KEY (generation, name)
) WITHOUT ROWID;

CREATE TABLE mending(
    bucket TEXT NOT NULL,
    cursor TEXT NOT NULL DEFAULT '',
    swept_tickets INTEGER NOT NULL DEFAULT 0,
    swept_parts INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE named(
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (id, kind)
) WITHOUT ROWID;

CREATE TABLE ticket(
    key INTEGER PRIMARY KEY,
    generation INTEGER NOT NULL,
    id TEXT NOT NULL,
    bucket TEXT NOT NULL DEFAULT 'nowhere',
    version INTEGER NOT NULL DEFAULT -1,
    lost INTEGER NOT NULL DEFAULT 0,
    shown INTEGER NOT NULL DEFAULT 0,
    updated INTEGER NOT NULL DEFAULT 0,
    reference TEXT NOT NULL DEFAULT '',
    number TEXT NOT NULL DEFAULT '',
    summary TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL DEFAULT '',
    priority TEXT NOT NULL DEFAULT '',
    requester TEXT NOT NULL DEFAULT '',
    mark TEXT NOT NULL DEFAULT 'confirmed',
    pending INTEGER NOT NULL DEFAULT 0,
    body BLOB,
    UNIQUE (generation, id)
);
CREATE INDEX ticket_newest ON ticket(generation, updated, id) WHERE shown;
CREATE INDEX ticket_reference ON ticket(reference);
CREATE INDEX ticket_number ON ticket(number) WHERE number <> '';

CREATE TABLE part(
    key INTEGER PRIMARY KEY,
    generation INTEGER NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('note', 'attachment', 'notice')),
    ticket INTEGER NOT NULL,
    version INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (generation, id, kind)
);
CREATE INDEX part_ticket ON part(ticket);
CREATE INDEX part_notice ON part(generation) WHERE kind = 'notice';

CREATE TABLE outbox(
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    ticket TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    after TEXT NOT NULL,
    replaces TEXT NOT NULL,
    attachment TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER,
    last_error TEXT NOT NULL DEFAULT '',
    request_id TEXT NOT NULL DEFAULT '',
    upload_done INTEGER NOT NULL DEFAULT 0,
    upload_url TEXT NOT NULL DEFAULT '',
    upload_offset INTEGER NOT NULL DEFAULT 0,
    link TEXT NOT NULL DEFAULT '',
    audits INTEGER NOT NULL DEFAULT 0,
    sent_at INTEGER,
    settled_at INTEGER,
    operation BLOB NOT NULL,
    wire BLOB NOT NULL
);
CREATE INDEX outbox_pending ON outbox(seq, state) WHERE state IN ('queued', 'sent', 'unknown');
CREATE INDEX outbox_settled ON outbox(state, settled_at) WHERE state NOT IN ('queued', 'sent', 'unknown');
CREATE INDEX outbox_ticket ON outbox(ticket, seq);
CREATE INDEX outbox_after ON outbox(after) WHERE after <> '';
CREATE INDEX outbox_attachment ON outbox(attachment) WHERE attachment <> '';

CREATE TABLE forgotten(
    id TEXT PRIMARY KEY,
    ticket TEXT NOT NULL,
    kind TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX forgotten_filing ON forgotten(ticket) WHERE kind = 'file_ticket';

CREATE TABLE kept(
    operation TEXT NOT NULL,
    field TEXT NOT NULL,
    ticket TEXT NOT NULL,
    mine TEXT NOT NULL,
    theirs TEXT NOT NULL,
    UNIQUE (operation, field)
);
CREATE INDEX kept_ticket ON kept(ticket);

CREATE TABLE draft(
    id TEXT PRIMARY KEY,
    changed INTEGER NOT NULL,
    body BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE draft_file(
    draft TEXT NOT NULL REFERENCES draft(id) ON DELETE CASCADE,
    attachment TEXT NOT NULL,
    PRIMARY KEY (draft, attachment)
) WITHOUT ROWID;
CREATE INDEX draft_file_attachment ON draft_file(attachment);

CREATE TABLE content(
    attachment TEXT PRIMARY KEY,
    file TEXT NOT NULL,
    made INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX content_file ON content(file);

CREATE VIRTUAL TABLE search_index USING fts5(
    text, content='', contentless_delete=1, prefix='2 3', tokenize='unicode61 remove_diacritics 2'
);
INSERT INTO search_index(search_index, rank) VALUES ('automerge', 0);
INSERT INTO search_index(search_index, rank) VALUES ('crisismerge', 400);

CREATE TABLE search_document(
    document INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL,
    part INTEGER NOT NULL,
    UNIQUE (ticket, part)
);

CREATE TABLE search_queue(
    turn INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL,
    part INTEGER NOT NULL
);
"""


def upgrade() -> None:
    """Make every table."""
    for statement in TABLES.split(";\n"):
        if statement.strip():
            op.execute(statement)
