-- Version 2: a page keeps its place under MaxPages, and lists are counted as families of addresses are.
ALTER TABLE dechaff_page ADD COLUMN placed boolean NOT NULL DEFAULT false;
CREATE INDEX dechaff_page_placed ON dechaff_page (crawl, host, due) WHERE placed AND state < 2;
UPDATE dechaff_page SET placed = true WHERE state < 2 AND crawl IN (SELECT id FROM dechaff_crawl WHERE handed > 0)
  AND id IN (SELECT holder FROM dechaff_page WHERE holder IS NOT NULL); -- perhaps under another address
ALTER TABLE dechaff_crawl DROP COLUMN lists;
