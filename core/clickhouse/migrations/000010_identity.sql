-- Which identifiers a document (an order, a customer, a touch, a deal …) names together: one row per
-- identifier and version of the document. Of (alias_key, document_key) the newest published version counts.
CREATE TABLE identity_links (
  project_id UInt64,
  alias_key UInt64,
  document_key UInt64,
  commit_id UInt64,
  is_deleted Bool,
  document_type LowCardinality(String),
  document_id String,
  integration_id UInt64,
  event_time DateTime64(3, 'UTC'),
  -- All identifiers of the document, the most personal one first; the document itself is none of them.
  alias_keys Array(UInt64),
  alias_types Array(LowCardinality(String)),
  alias_values Array(String),
  -- Documents that have a person of their own: orders, refunds, deals, leads, goals.
  is_owned Bool,
  -- Another document that this one names, such as the order of a deal; 0 is none.
  linked_key UInt64,
  INDEX commits commit_id TYPE minmax
)
ENGINE = MergeTree
ORDER BY (project_id, alias_key, document_key, commit_id)
SETTINGS non_replicated_deduplication_window = 1000;

-- Whose an identifier or a document is. One that stands alone is its own person and has no row, unless it
-- is a document. Of each alias_key the newest published version counts.
CREATE TABLE persons (
  project_id UInt64,
  alias_key UInt64,
  commit_id UInt64,
  is_deleted Bool,
  person_key UInt64,
  -- Tied to so many others that it joins nobody any more, such as the address of an office.
  is_blocked Bool,
  INDEX commits commit_id TYPE minmax
)
ENGINE = MergeTree
ORDER BY (project_id, alias_key, commit_id)
SETTINGS non_replicated_deduplication_window = 1000;
