-- Version 4: pages with the same content are one, pages wait for the page that they name by rel=canonical, and hosts have cookies.
CREATE TABLE IF NOT EXISTS dechaff_claim (
    crawl integer NOT NULL,
    key bytea NOT NULL,
    page bigint NOT NULL,
    print bytea,
    PRIMARY KEY (crawl, key)
);
CREATE TABLE IF NOT EXISTS dechaff_parked (
    crawl integer NOT NULL,
    target bytea NOT NULL,
    page bigint NOT NULL,
    print bytea,
    PRIMARY KEY (crawl, page)
);
CREATE INDEX IF NOT EXISTS dechaff_parked_target ON dechaff_parked (crawl, target);
CREATE TABLE IF NOT EXISTS dechaff_cookie (
    crawl integer NOT NULL,
    host integer NOT NULL,
    cookies text,
    PRIMARY KEY (crawl, host)
);
