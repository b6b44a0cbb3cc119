export { documentKey } from './alias_keys.ts'
export { foldCampaign } from './campaign_key.ts'
export {
  channelFields,
  channelOps,
  patternOf,
  type ChannelCondition,
  type ChannelField,
  type ChannelOp,
  type ChannelRule,
} from './channel_rules.ts'
export { presetPaid, presetRules, UNASSIGNED, type PresetRule } from './channels.ts'
export { clickhouse, closeClickhouse, command, rows, type Params } from './client.ts'
export {
  abortCommit,
  openCommit,
  publishCommit,
  publishedVersion,
  type CommitCause,
} from './commits.ts'
export { remembered } from './commit_memory.ts'
export { harmlessCell } from './csv_sql.ts'
export { decideChannel, visitFields, type Decided, type Visit } from './decide_channel.ts'
export { rebuildDailyKpi } from './daily_kpi.ts'
export { writeChanges, type AcceptedPages, type Change, type Scope } from './diff.ts'
export { writeRecords, type StagedRows } from './records.ts'
export { mirrorEvents } from './events_mirror.ts'
export { JOURNEY_DAYS, rebuildJourneys } from './journeys.ts'
export { deleteOldPaths } from './old_paths.ts'
export { rebuildPaths } from './paths.ts'
export { countUnconverted, unconvertedPaths } from './unconverted.ts'
export { journeysWithin, reachParams } from './journeys_within.ts'
export { newestVersions } from './newest_versions.ts'
export { hashedEmail, hashedPhone, isStored, storedKinds, type StoredKindName } from './kinds.ts'
export {
  deleteCommits,
  deleteOldSlices,
  deleteProject,
  dirtyEverything,
  retractIntegration,
} from './maintenance.ts'
export { dumpSchema, migrateWarehouse } from './migrator.ts'
export { withKnownLogs } from './known_logs.ts'
export { markContested } from './contested.ts'
export { aliasKey, aliasTypes, nameKey, type AliasType } from './alias_keys.ts'
export { writeIdentityLinks } from './identity_links.ts'
export { documentsNow, linksNow, personsNow } from './identity_versions.ts'
export { rebuildOrderFacts } from './order_facts.ts'
export { recomputeOrders } from './order_work.ts'
export { withPersons } from './persons.ts'
export {
  noIdentitySettings,
  type IdentitySettings,
  type KeyPair,
  type OrderSource,
  type RefreshSettings,
} from './refresh.ts'
export {
  dropStaged,
  stageDeleted,
  stagedRuns,
  stageLines,
  storeRejections,
  type PageRef,
  type Rejection,
  type StagedLines,
} from './staging.ts'
export { together } from './together.ts'
export { rebuildTouch } from './touch.ts'
export {
  currentFacts,
  inSlices,
  inVersion,
  versionParams,
  type Layer,
  type Version,
} from './versions.ts'
export { PersonRefresh, type DocumentRow, type PersonRow } from './person_refresh.ts'
export {
  countSuppressed,
  listSuppressed,
  suppressionHashes,
  unlistSuppressed,
  type SuppressionEntry,
} from './suppression_entries.ts'
export { suppressKeys, type Suppression } from './suppression.ts'
export { suppressStaged } from './suppress_staged.ts'
export {
  chosenPseudonyms,
  dropDeletedRows,
  planMoves,
  removeDerived,
  replacePerson,
  rewriteHistory,
  type Erasure,
} from './erase_person.ts'
export {
  findAlias,
  personAliases,
  summarisePerson,
  type AskedAlias,
  type FoundAlias,
} from './person_alias.ts'
export { collectPerson, forgetScope, type PersonRequest } from './person_scope.ts'
export { personSections } from './export_person.ts'
export { keysAmong, wordsNaming } from './named_words.ts'
