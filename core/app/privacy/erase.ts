import db from '@adonisjs/lucid/services/db'
import {
  commitAlone,
  copySuppressions,
  refreshSettings,
  settleMirrors,
  suppressOpenRuns,
  withProjectLock,
} from '#ingestion/public'
import { forgetWaitingDeliveries, pruneErasedUploads } from '#connections/public'
import { projectSalt } from '#identity/public'
import { Project } from '#projects/public'
import {
  chosenPseudonyms,
  collectPerson,
  dropDeletedRows,
  forgetScope,
  planMoves,
  publishedVersion,
  removeDerived,
  replacePerson,
  rewriteHistory,
  suppressionHashes,
  type Erasure,
  type SuppressionEntry,
} from '#warehouse/public'
import { dropExports } from './expire_exports.ts'
import { scopeOf } from './find_person.ts'
import type PrivacyRequest from './models/privacy_request.ts'
import { removeSplits } from './remove_splits.ts'
import { scrubSettings } from './scrub_settings.ts'
import { erasureStep } from './steps.ts'

interface Subject {
  request: PrivacyRequest
  project: { id: string; timezone: string; currency: string }
  token: string
  salt: string
}

const ENTRIES_AT_ONCE = 1000

/** From now on rows with these do not come in any more. */
async function suppress({ project }: Subject, listed: readonly SuppressionEntry[]): Promise<void> {
  for (let at = 0; at < listed.length; at += ENTRIES_AT_ONCE) {
    const entries = listed
      .slice(at, at + ENTRIES_AT_ONCE)
      .map((entry) => ({ project_id: project.id, ...entry }))
    await db
      .table('suppressions')
      .multiInsert(entries)
      .knexQuery.onConflict(['project_id', 'hash'])
      .ignore()
  }
  await copySuppressions(project.id)
}

/** Finds all that is the person's, keeps it from coming in again, and plans what takes its place. */
function collect(subject: Subject): Promise<void> {
  const { request, project, token } = subject
  return withProjectLock(project.id, async () => {
    await settleMirrors(project)
    const scope = await scopeOf(project, request.id)
    await collectPerson(scope, request.aliasKey ?? '0')
    await erasureStep('person_noted')
    const own = request.aliasHash === null ? [] : [request.aliasHash]
    const hashes = [...own, ...(await suppressionHashes(scope))]
    await suppress(
      subject,
      hashes.map((hash) => ({ hash, replacement: token }))
    )
    await erasureStep('person_suppressed')
    const erasure = { ...scope, token }
    await suppress(subject, await chosenPseudonyms(erasure))
    await planMoves(erasure)
    await request.merge({ step: 'collected' }).save()
  })
}

/** In every report the token takes the person's place, at once. */
function publish({ request, project, token, salt }: Subject): Promise<void> {
  return commitAlone(
    project.id,
    'erasure',
    (version, settings) => replacePerson({ requestId: request.id, version, settings, token, salt }),
    async (trx, { commitId }) => {
      await erasureStep('erasure_built')
      await trx
        .from('privacy_requests')
        .where('id', request.id)
        .update({ step: 'published', commit_id: commitId })
    }
  )
}

/** What was known of the person at any time, and wherever else it lies. */
function rewrite({ request, project, token, salt }: Subject): Promise<void> {
  return withProjectLock(project.id, async () => {
    await settleMirrors(project)
    const { aborted } = await publishedVersion(project.id)
    const erasure: Erasure = {
      requestId: request.id,
      version: { projectId: project.id, commitId: request.commitId ?? '0', aborted },
      settings: await refreshSettings(project),
      token,
      salt,
    }
    await rewriteHistory(erasure, () => erasureStep('history_copied'))
    await erasureStep('history_rewritten')
    await removeDerived(erasure)
    await erasureStep('derived_removed')
    await suppressOpenRuns(project.id)
    await erasureStep('staged_rewritten')
    await scrubSettings(erasure, token)
    await removeSplits(erasure)
    await pruneErasedUploads(project.id)
    await forgetWaitingDeliveries(project.id)
    await dropExports(request.projectId)
    await erasureStep('settings_scrubbed')
    await request.merge({ step: 'rewritten' }).save()
  })
}

async function finish({ request }: Subject): Promise<void> {
  await dropDeletedRows()
  await forgetScope(request.id)
  await request.merge({ step: 'done', aliasKey: null, aliasHash: null }).save()
}

const steps = {
  requested: { take: collect, done: 'erasure_planned' },
  collected: { take: publish, done: 'erasure_published' },
  published: { take: rewrite, done: 'erasure_rewritten' },
  rewritten: { take: finish, done: undefined },
} as const

/** Carries an erasure on from where it stands to its end. */
export async function erase(request: PrivacyRequest): Promise<void> {
  const { timezone, currency } = await Project.findOrFail(request.projectId)
  const projectId = String(request.projectId)
  const subject = {
    request,
    project: { id: projectId, timezone, currency },
    token: request.token ?? '',
    salt: await projectSalt(projectId),
  }
  for (;;) {
    await request.refresh()
    if (request.step === 'done') return
    const { take, done } = steps[request.step]
    await take(subject)
    if (done) await erasureStep(done)
  }
}
