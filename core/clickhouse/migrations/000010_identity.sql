-- What a document (an order, a refund, a customer, a deal, a lead, an event, a touch) says of the person
-- behind it. Of each document_key the newest published version counts.
CREATE TABLE identity_documents (
  project_id UInt64,
  document_key UInt64,
  commit_id UInt64,
  is_deleted Bool,
  document_type LowCardinality(String),
  document_id String,
  integration_id UInt64,
  -- 1970: unknown.
  event_time DateTime64(3, 'UTC'),
  -- All its identifiers, the most personal one first. Hashes where it is an e-mail address or a phone number.
  alias_keys Array(UInt64),
  alias_types Array(LowCardinality(String)),
  alias_values Array(String),
  -- The document belongs to a person itself; others only tell which identifiers are one person's.
  is_owned Bool,
  -- Number of the order that it names, and the document which that is; 0: none that is known.
  names_order String,
  linked_key UInt64,
  -- Keys in identity_links by which it is found when what it stands on, or names, has changed.
  found_by Array(UInt64),
  INDEX commits commit_id TYPE minmax,
  INDEX identifiers alias_values TYPE bloom_filter GRANULARITY 4
)
ENGINE = MergeTree
ORDER BY (project_id, document_key, commit_id)
-- Read by key, a few at a time.
SETTINGS non_replicated_deduplication_window = 1000, index_granularity = 1024;

-- Where to find the documents of an identifier, the documents that name a document, and those that
-- are found by a key. Of (alias_key, document_key) the newest published version counts.
CREATE TABLE identity_links (
  project_id UInt64,
  alias_key UInt64,
  document_key UInt64,
  commit_id UInt64,
  is_deleted Bool,
  -- Only finds the document, and says nothing of its person.
  is_lookup Bool,
  INDEX commits commit_id TYPE minmax
)
ENGINE = MergeTree
ORDER BY (project_id, alias_key, document_key, commit_id)
SETTINGS non_replicated_deduplication_window = 1000;

-- Whose an identifier or a document is; one without a row is its own person. Of each alias_key the
-- newest published version counts.
CREATE TABLE persons (
  project_id UInt64,
  alias_key UInt64,
  commit_id UInt64,
  is_deleted Bool,
  person_key UInt64,
  -- Tied to so many others that it joins nobody any more, such as the address of an office.
  is_blocked Bool,
  -- Nothing is known of this person: only documents that name each other.
  is_anonymous Bool,
  INDEX commits commit_id TYPE minmax,
  INDEX members person_key TYPE bloom_filter GRANULARITY 1,
  INDEX blocked is_blocked TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
ORDER BY (project_id, alias_key, commit_id)
SETTINGS non_replicated_deduplication_window = 1000;

-- Deals and leads that a commit makes dirty without writing rows of theirs; as dirty_orders.
CREATE TABLE dirty_documents (
  project_id UInt64,
  commit_id UInt64,
  document_type LowCardinality(String),
  document_id String,
  noted_at DateTime DEFAULT now()
)
ENGINE = ReplacingMergeTree
ORDER BY (project_id, commit_id, document_type, document_id)
TTL noted_at + INTERVAL 7 DAY;

-- Documents that the commit in work may have changed, as they stand now.
CREATE TABLE identity_work (
  project_id UInt64,
  commit_id UInt64,
  document_key UInt64,
  is_deleted Bool,
  document_type LowCardinality(String),
  document_id String,
  integration_id UInt64,
  event_time DateTime64(3, 'UTC'),
  alias_keys Array(UInt64),
  alias_types Array(LowCardinality(String)),
  alias_values Array(String),
  is_owned Bool,
  names_order String,
  linked_key UInt64,
  found_by Array(UInt64)
)
ENGINE = MergeTree
PARTITION BY commit_id
ORDER BY (project_id, document_key)
SETTINGS non_replicated_deduplication_window = 1000;

-- Identifiers and documents whose person may be another one after the commit in work.
CREATE TABLE identity_nodes (
  project_id UInt64,
  commit_id UInt64,
  alias_key UInt64,
  -- What its documents say is another thing now.
  is_changed Bool
)
ENGINE = MergeTree
PARTITION BY commit_id
ORDER BY (project_id, alias_key)
SETTINGS non_replicated_deduplication_window = 1000;

-- Whose they are now.
CREATE TABLE persons_work (
  project_id UInt64,
  commit_id UInt64,
  alias_key UInt64,
  person_key UInt64,
  is_blocked Bool,
  is_anonymous Bool
)
ENGINE = MergeTree
PARTITION BY commit_id
ORDER BY (project_id, alias_key)
SETTINGS non_replicated_deduplication_window = 1000;

-- Whose the recomputed orders are, and those that are somebody else's now although they did not change.
CREATE TABLE order_persons (
  project_id UInt64,
  commit_id UInt64,
  fact_key UInt64,
  customer_key UInt64
)
ENGINE = MergeTree
PARTITION BY commit_id
ORDER BY (project_id, fact_key)
SETTINGS non_replicated_deduplication_window = 1000;
