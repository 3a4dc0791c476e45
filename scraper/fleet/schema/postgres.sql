-- Queries say "state < 2" where they mean pages that wait: SQLite uses an index on some rows only for a query that repeats its condition.
-- Times are milliseconds since 1970 in UTC, so that both engines reckon alike; the views show them as dates.
CREATE TABLE dechaff_crawl (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    state smallint NOT NULL DEFAULT 0, -- 0 running, 1 paused, 2 cancelled, 3 done
    handed bigint NOT NULL DEFAULT 0,  -- pages given to a handler, once each, while there is a MaxPages
    created bigint NOT NULL
);

CREATE TABLE dechaff_seed (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    crawl integer NOT NULL,
    url text NOT NULL,
    UNIQUE (crawl, url)
);

CREATE TABLE dechaff_worker (
    id text PRIMARY KEY,
    alive_until bigint NOT NULL, -- no request of its hosts outlives this
    started bigint NOT NULL,
    about text NOT NULL,
    crawl integer NOT NULL,
    client text NOT NULL -- its name in River's attempted_by
);

CREATE TABLE dechaff_host (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    due bigint NOT NULL DEFAULT 0, -- when it may next be asked, by whichever crawl
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
);
CREATE INDEX dechaff_turn_active ON dechaff_turn (crawl) WHERE active;

CREATE TABLE dechaff_page (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    due bigint NOT NULL,
    referrer bigint,
    holder bigint,   -- the page that was handed over as this address
    finished bigint,
    crawl integer NOT NULL,
    host integer NOT NULL,
    seed integer,
    depth integer NOT NULL DEFAULT 0,
    state smallint NOT NULL,
    tries smallint NOT NULL DEFAULT 0,
    list smallint NOT NULL DEFAULT 0,
    placed boolean NOT NULL DEFAULT false, -- it has its place among the MaxPages that are handed over
    status smallint NOT NULL DEFAULT 0,
    key bytea NOT NULL, -- half of the SHA-256 of the address in the form in which addresses are compared
    url text NOT NULL,
    more text,          -- what else the request has to say, as JSON
    reason text
) WITH (fillfactor = 90);
CREATE UNIQUE INDEX dechaff_page_key ON dechaff_page (crawl, key);
CREATE INDEX dechaff_page_waiting ON dechaff_page (crawl, host, state, due, id) WHERE state < 2;
CREATE INDEX dechaff_page_placed ON dechaff_page (crawl, host, due) WHERE placed AND state < 2;

CREATE TABLE dechaff_claim ( -- which page was given to a handler for an address or a content
    crawl integer NOT NULL,
    key bytea NOT NULL,
    page bigint NOT NULL,
    print bytea, -- of an address: what is remembered of the page's text
    PRIMARY KEY (crawl, key)
);

CREATE TABLE dechaff_parked ( -- pages that wait for the page that they name by rel=canonical
    crawl integer NOT NULL,
    target bytea NOT NULL, -- the key of that page's address
    page bigint NOT NULL,
    print bytea,
    PRIMARY KEY (crawl, page)
);
CREATE INDEX dechaff_parked_target ON dechaff_parked (crawl, target);

CREATE TABLE dechaff_cookie ( -- what hosts have set
    crawl integer NOT NULL,
    host integer NOT NULL,
    cookies text,
    PRIMARY KEY (crawl, host)
);

CREATE TABLE dechaff_tally (
    crawl integer NOT NULL,
    host integer NOT NULL,
    taken bigint NOT NULL DEFAULT 0, -- addresses that were taken up from this host's pages
    fetched bigint NOT NULL DEFAULT 0,
    handled bigint NOT NULL DEFAULT 0,
    listed bigint NOT NULL DEFAULT 0,
    failed bigint NOT NULL DEFAULT 0,
    skipped bigint NOT NULL DEFAULT 0,
    redirected bigint NOT NULL DEFAULT 0,
    retried bigint NOT NULL DEFAULT 0,
    bytes bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (crawl, host)
) WITH (fillfactor = 50);

CREATE TABLE dechaff_skip (
    crawl integer NOT NULL,
    host integer NOT NULL,
    reason text NOT NULL,
    n bigint NOT NULL,
    PRIMARY KEY (crawl, host, reason)
) WITH (fillfactor = 50);

CREATE TABLE dechaff_failure (
    crawl integer NOT NULL,
    host integer NOT NULL,
    reason text NOT NULL,
    n bigint NOT NULL,
    PRIMARY KEY (crawl, host, reason)
) WITH (fillfactor = 50);

CREATE TABLE dechaff_family (
    crawl integer NOT NULL,
    family bytea NOT NULL,
    n bigint NOT NULL,
    PRIMARY KEY (crawl, family)
);

CREATE VIEW dechaff_crawls AS
SELECT name, (ARRAY['running', 'paused', 'cancelled', 'done'])[state + 1] AS state, 
    (SELECT coalesce(sum(n.fetched), 0) FROM dechaff_tally n WHERE n.crawl = c.id) AS pages, to_timestamp(created / 1000.0) AS created
FROM dechaff_crawl c;

CREATE VIEW dechaff_workers AS
SELECT id, about, to_timestamp(started / 1000.0) AS started, to_timestamp(alive_until / 1000.0) AS alive_until,
    (SELECT count(*) FROM dechaff_host h WHERE h.owner = w.id) AS hosts
FROM dechaff_worker w;

CREATE VIEW dechaff_pages AS
SELECT p.id, c.name AS crawl, h.name AS host, p.url,
    (ARRAY['queued', 'retry', 'done', 'failed', 'failed', 'skipped', 'redirected', 'passed', 'alias', 'parked'])[p.state + 1] AS state,
    p.tries, p.status, p.reason, p.depth, (ARRAY['page', 'sitemap', 'feed'])[p.list + 1] AS kind,
    CASE WHEN p.state < 2 THEN to_timestamp(p.due / 1000.0) END AS due, to_timestamp(p.finished / 1000.0) AS finished,
    (SELECT r.url FROM dechaff_page r WHERE r.id = p.referrer) AS referrer
FROM dechaff_page p JOIN dechaff_crawl c ON c.id = p.crawl JOIN dechaff_host h ON h.id = p.host;

CREATE VIEW dechaff_hosts AS
SELECT c.name AS crawl, h.name AS host, t.active, h.owner AS worker, to_timestamp(h.due / 1000.0) AS due,
    (SELECT count(*) FROM dechaff_page p WHERE p.crawl = t.crawl AND p.host = t.host AND p.state < 2) AS waiting,
    coalesce(n.fetched, 0) AS fetched, coalesce(n.handled, 0) AS handled, coalesce(n.failed, 0) AS failed, coalesce(n.skipped, 0) AS skipped,
    coalesce(n.redirected, 0) AS redirected, coalesce(n.retried, 0) AS retried, coalesce(n.bytes, 0) AS bytes
FROM dechaff_turn t JOIN dechaff_crawl c ON c.id = t.crawl JOIN dechaff_host h ON h.id = t.host
LEFT JOIN dechaff_tally n ON n.crawl = t.crawl AND n.host = t.host;
