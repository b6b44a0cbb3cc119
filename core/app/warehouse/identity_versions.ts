import { beforeCommit, inVersion } from './versions.ts'

const newestDocuments = (version: string, where: string) => `
  SELECT * FROM (
    SELECT * FROM identity_documents WHERE ${version} AND ${where}
    ORDER BY project_id DESC, document_key DESC, commit_id DESC LIMIT 1 BY document_key
  ) WHERE NOT is_deleted`

const newestLinks = (version: string, where: string) => `
  SELECT alias_key, document_key, is_lookup FROM (
    SELECT * FROM identity_links WHERE ${version} AND ${where}
    ORDER BY project_id DESC, alias_key DESC, document_key DESC, commit_id DESC LIMIT 1 BY alias_key, document_key
  ) WHERE NOT is_deleted`

/** Documents as they stand with the commit, or stood before it. */
export const documentsNow = (where = 'true'): string => newestDocuments(inVersion, where)
export const documentsBefore = (where = 'true'): string => newestDocuments(beforeCommit, where)

/** Links as they stand with the commit, or stood before it. */
export const linksNow = (where: string): string => newestLinks(inVersion, where)
export const linksBefore = (where: string): string => newestLinks(beforeCommit, where)

const newestPersons = (version: string, where: string) => `
  SELECT * FROM (
    SELECT * FROM persons WHERE ${version} AND ${where}
    ORDER BY project_id DESC, alias_key DESC, commit_id DESC LIMIT 1 BY alias_key
  ) WHERE NOT is_deleted`

/** Rows of `persons` as they stand with the commit, or stood before it; `where` is about `alias_key` only. */
export const personsNow = (where = 'true'): string => newestPersons(inVersion, where)
export const personsBefore = (where = 'true'): string => newestPersons(beforeCommit, where)
