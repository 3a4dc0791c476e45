-- Version 3: failures are counted by reason. Those of before have none.
CREATE TABLE dechaff_failure (
    crawl integer NOT NULL,
    host integer NOT NULL,
    reason text NOT NULL,
    n bigint NOT NULL,
    PRIMARY KEY (crawl, host, reason)
);
INSERT INTO dechaff_failure (crawl, host, reason, n)
  SELECT crawl, host, 'failed when reasons were not counted yet', failed FROM dechaff_tally WHERE failed > 0;
