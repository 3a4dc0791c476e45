-- Queries say "state < 2" where they mean pages that wait: SQLite uses an index on some rows only for a query that repeats its condition.
-- Times are milliseconds since 1970 in UTC, so that both engines reckon alike; the views show them as dates.
CREATE TABLE dechaff_crawl (
    id integer PRIMARY KEY,
    name text NOT NULL UNIQUE,
    state integer NOT NULL DEFAULT 0, -- 0 running, 1 paused, 2 cancelled, 3 done
    handed integer NOT NULL DEFAULT 0,  -- pages given to a handler, once each, while there is a MaxPages
    created integer NOT NULL
);

CREATE TABLE dechaff_seed (
    id integer PRIMARY KEY,
    crawl integer NOT NULL,
    url text NOT NULL,
    UNIQUE (crawl, url)
);

CREATE TABLE dechaff_worker (
    id text PRIMARY KEY,
    alive_until integer NOT NULL, -- no request of its hosts outlives this
    started integer NOT NULL,
    about text NOT NULL,
    crawl integer NOT NULL,
    client text NOT NULL -- its name in River's attempted_by
);

CREATE TABLE dechaff_host (
    id integer PRIMARY KEY,
    name text NOT NULL UNIQUE,
    due integer NOT NULL DEFAULT 0, -- when it may next be asked, by whichever crawl
    owner text,                    -- the worker that may ask it now
    crawl integer,                 -- for which crawl
    pace text,
    robots text
);
CREATE INDEX dechaff_host_owner ON dechaff_host (owner) WHERE owner IS NOT NULL;

CREATE TABLE dechaff_turn (
    crawl integer NOT NULL,
    host integer NOT NULL,
    active boolean NOT NULL DEFAULT false, -- a job of River's, of this epoch, is this host's turn
    epoch integer NOT NULL DEFAULT 0,
    PRIMARY KEY (crawl, host)
) WITHOUT ROWID;
CREATE INDEX dechaff_turn_active ON dechaff_turn (crawl) WHERE active;

CREATE TABLE dechaff_page (
    id integer PRIMARY KEY,
    due integer NOT NULL,
    referrer integer,
    holder integer,   -- the page that was handed over as this address
    finished integer,
    crawl integer NOT NULL,
    host integer NOT NULL,
    seed integer,
    depth integer NOT NULL DEFAULT 0,
    state integer NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    list integer NOT NULL DEFAULT 0,
    placed boolean NOT NULL DEFAULT false, -- it has its place among the MaxPages that are handed over
    status integer NOT NULL DEFAULT 0,
    key blob NOT NULL, -- half of the SHA-256 of the address in the form in which addresses are compared
    url text NOT NULL,
    more text,          -- what else the request has to say, as JSON
    reason text
);
CREATE UNIQUE INDEX dechaff_page_key ON dechaff_page (crawl, key);
CREATE INDEX dechaff_page_waiting ON dechaff_page (crawl, host, state, due, id) WHERE state < 2;
CREATE INDEX dechaff_page_placed ON dechaff_page (crawl, host, due) WHERE placed AND state < 2;

CREATE TABLE dechaff_claim ( -- which page was given to a handler for an address or a content
    crawl integer NOT NULL,
    key blob NOT NULL,
    page integer NOT NULL,
    print blob, -- of an address: what is remembered of the page's text
    PRIMARY KEY (crawl, key)
) WITHOUT ROWID;

CREATE TABLE dechaff_parked ( -- pages that wait for the page that they name by rel=canonical
    crawl integer NOT NULL,
    target blob NOT NULL, -- the key of that page's address
    page integer NOT NULL,
    print blob,
    PRIMARY KEY (crawl, page)
) WITHOUT ROWID;
CREATE INDEX dechaff_parked_target ON dechaff_parked (crawl, target);

CREATE TABLE dechaff_cookie ( -- what hosts have set
    crawl integer NOT NULL,
    host integer NOT NULL,
    cookies text,
    PRIMARY KEY (crawl, host)
) WITHOUT ROWID;

CREATE TABLE dechaff_tally (
    crawl integer NOT NULL,
    host integer NOT NULL,
    taken integer NOT NULL DEFAULT 0, -- addresses that were taken up from this host's pages
    fetched integer NOT NULL DEFAULT 0,
    handled integer NOT NULL DEFAULT 0,
    listed integer NOT NULL DEFAULT 0,
    failed integer NOT NULL DEFAULT 0,
    skipped integer NOT NULL DEFAULT 0,
    redirected integer NOT NULL DEFAULT 0,
    retried integer NOT NULL DEFAULT 0,
    bytes integer NOT NULL DEFAULT 0,
    PRIMARY KEY (crawl, host)
) WITHOUT ROWID;

CREATE TABLE dechaff_skip (
    crawl integer NOT NULL,
    host integer NOT NULL,
    reason text NOT NULL,
    n integer NOT NULL,
    PRIMARY KEY (crawl, host, reason)
) WITHOUT ROWID;

CREATE TABLE dechaff_failure (
    crawl integer NOT NULL,
    host integer NOT NULL,
    reason text NOT NULL,
    n integer NOT NULL,
    PRIMARY KEY (crawl, host, reason)
) WITHOUT ROWID;

CREATE TABLE dechaff_family (
    crawl integer NOT NULL,
    family blob NOT NULL,
    n integer NOT NULL,
    PRIMARY KEY (crawl, family)
) WITHOUT ROWID;

CREATE VIEW dechaff_crawls AS
SELECT name, CASE state WHEN 0 THEN 'running' WHEN 1 THEN 'paused' WHEN 2 THEN 'cancelled' WHEN 3 THEN 'done' END AS state, 
    (SELECT coalesce(sum(n.fetched), 0) FROM dechaff_tally n WHERE n.crawl = c.id) AS pages, strftime('%Y-%m-%dT%H:%M:%fZ', created / 1000.0, 'unixepoch') AS created
FROM dechaff_crawl c;

CREATE VIEW dechaff_workers AS
SELECT id, about, strftime('%Y-%m-%dT%H:%M:%fZ', started / 1000.0, 'unixepoch') AS started, strftime('%Y-%m-%dT%H:%M:%fZ', alive_until / 1000.0, 'unixepoch') AS alive_until,
    (SELECT count(*) FROM dechaff_host h WHERE h.owner = w.id) AS hosts
FROM dechaff_worker w;

CREATE VIEW dechaff_pages AS
SELECT p.id, c.name AS crawl, h.name AS host, p.url,
    CASE p.state WHEN 0 THEN 'queued' WHEN 1 THEN 'retry' WHEN 2 THEN 'done' WHEN 3 THEN 'failed' WHEN 4 THEN 'failed' WHEN 5 THEN 'skipped' WHEN 6 THEN 'redirected' WHEN 7 THEN 'passed' WHEN 8 THEN 'alias' WHEN 9 THEN 'parked' END AS state,
    p.tries, p.status, p.reason, p.depth, CASE p.list WHEN 0 THEN 'page' WHEN 1 THEN 'sitemap' WHEN 2 THEN 'feed' END AS kind,
    CASE WHEN p.state < 2 THEN strftime('%Y-%m-%dT%H:%M:%fZ', p.due / 1000.0, 'unixepoch') END AS due, strftime('%Y-%m-%dT%H:%M:%fZ', p.finished / 1000.0, 'unixepoch') AS finished,
    (SELECT r.url FROM dechaff_page r WHERE r.id = p.referrer) AS referrer
FROM dechaff_page p JOIN dechaff_crawl c ON c.id = p.crawl JOIN dechaff_host h ON h.id = p.host;

CREATE VIEW dechaff_hosts AS
SELECT c.name AS crawl, h.name AS host, t.active, h.owner AS worker, strftime('%Y-%m-%dT%H:%M:%fZ', h.due / 1000.0, 'unixepoch') AS due,
    (SELECT count(*) FROM dechaff_page p WHERE p.crawl = t.crawl AND p.host = t.host AND p.state < 2) AS waiting,
    coalesce(n.fetched, 0) AS fetched, coalesce(n.handled, 0) AS handled, coalesce(n.failed, 0) AS failed, coalesce(n.skipped, 0) AS skipped,
    coalesce(n.redirected, 0) AS redirected, coalesce(n.retried, 0) AS retried, coalesce(n.bytes, 0) AS bytes
FROM dechaff_turn t JOIN dechaff_crawl c ON c.id = t.crawl JOIN dechaff_host h ON h.id = t.host
LEFT JOIN dechaff_tally n ON n.crawl = t.crawl AND n.host = t.host;
