import { beforeCommit, inVersion } from './versions.ts'

/** Whose each alias is, as far as it is not its own: the newest row of each in the version. */
export const personsIn = (version: string): string => `
  SELECT alias_key, person_key FROM (
    SELECT alias_key, person_key, is_deleted FROM persons WHERE ${version}
    ORDER BY project_id DESC, alias_key DESC, commit_id DESC LIMIT 1 BY alias_key
  ) WHERE NOT is_deleted`

const joined = (select: string, version: string) => `
  SELECT own.*, owner.person_key != 0 AS is_known, if(is_known, owner.person_key, own.alias_key) AS person_key
  FROM (${select}) AS own ANY LEFT JOIN (${personsIn(version)}) AS owner USING (alias_key)`

/**
 * Rows of a query with the person behind their column `alias_key`, as `person_key`. An alias that stands
 * alone is its own person; `is_known` says whether it is known to belong to one.
 */
export const withPersons = (select: string): string => joined(select, inVersion)

/** The same, as it stood before the commit in work. */
export const withPersonsBefore = (select: string): string => joined(select, beforeCommit)

/**
 * The same, without saying whether the alias is known to belong to somebody: only those that are not
 * their own person are looked up.
 */
export const withPersonKeys = (select: string): string => `
  SELECT own.*, if(owner.person_key != 0, owner.person_key, own.alias_key) AS person_key
  FROM (${select}) AS own
  ANY LEFT JOIN (SELECT * FROM (${personsIn(inVersion)}) WHERE person_key != alias_key) AS owner USING (alias_key)`
