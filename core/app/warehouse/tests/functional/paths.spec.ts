import type { Touchpoint } from '@analyticaflow/sdk'
import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import {
  command,
  deleteOldPaths,
  inVersion,
  openCommit,
  publishedVersion,
  rows,
  versionParams,
  type RefreshSettings,
  type Version,
} from '#warehouse/public'
import { deliver, refresh } from '../helpers/publishing.ts'

const settings = {
  timezone: 'UTC',
  currency: 'GBP',
  sources: [{ integrationId: '1', sourceType: 'csv', namespace: 'csv', rank: 1 }],
}

const visit = (clientId: string, day: number, channel: string): Touchpoint => ({
  externalId: `${clientId}${day}`,
  at: `2024-03-${String(day).padStart(2, '0')}T10:00:00Z`,
  channel,
  clientId,
})

const standing = async (projectId: string, version?: Version) => {
  const found = await rows<{ channels: string[]; times: string }>(
    `SELECT touch_channel AS channels, sum(sign) AS times FROM paths WHERE ${inVersion}
     GROUP BY person_key, touch_channel HAVING times != 0 ORDER BY channels`,
    versionParams(version ?? (await publishedVersion(projectId)))
  )
  return found.map(({ channels, times }) => `${times} ${channels.join(' > ')}`)
}

const lying = async (projectId: string) => {
  const [found] = await rows<{ rows: string }>(
    'SELECT count() AS rows FROM paths WHERE project_id = {project_id:UInt64}',
    { project_id: projectId }
  )
  return Number(found?.rows)
}

test.group('paths', (group) => {
  useDatabases(group, { clickhouse: true })

  test('a touch that comes late is put in its place; what it replaced goes when no reader needs it', async ({
    assert,
  }) => {
    const { id } = await makeProject({ currency: 'GBP', timezone: 'UTC' })
    const bring = (list: Touchpoint[]) =>
      deliver(
        {
          projectId: id,
          integrationId: '1',
          kind: 'touchpoint',
          rows: list,
          key: ({ externalId }: { externalId: string }) => externalId,
        },
        settings
      )
    const first = [visit('x', 1, 'Email'), visit('x', 9, 'Direct'), visit('y', 9, 'Direct')]
    const before = await bring(first)
    assert.deepEqual(await standing(id), ['1 Direct', '1 Email > Direct'])

    const late = await bring([...first, visit('x', 5, 'Affiliates')])
    assert.deepEqual(await standing(id), ['1 Direct', '1 Email > Affiliates > Direct'])
    // Of x the former path, what takes it back, and the new one; of y, who shares no day with it, one.
    assert.equal(await lying(id), 4)

    await command('OPTIMIZE TABLE paths FINAL')
    await deleteOldPaths(id, before.commitId)
    assert.equal(await lying(id), 4)
    await deleteOldPaths(id, late.commitId)
    assert.equal(await lying(id), 2)
    assert.deepEqual(await standing(id), ['1 Direct', '1 Email > Affiliates > Direct'])

    await bring([visit('y', 9, 'Direct')])
    assert.deepEqual(await standing(id), ['1 Direct'])
  })
  test('a split takes a path apart, its undoing puts it together, and readers of before see neither', async ({
    assert,
  }) => {
    const { id } = await makeProject({ currency: 'GBP', timezone: 'UTC' })
    const known = { ...visit('x', 9, 'Direct'), customerId: 'a' }
    const before = await deliver(
      {
        projectId: id,
        integrationId: '1',
        kind: 'touchpoint',
        rows: [visit('x', 1, 'Email'), known],
      },
      settings
    )
    assert.deepEqual(await standing(id), ['1 Email > Direct'])
    const [keys] = await rows<{ client: string; customer: string }>(
      `SELECT cityHash64('client', 'x') AS client, cityHash64('customer', 'csv', 'a') AS customer`
    )
    const pair = [keys?.client ?? '', keys?.customer ?? ''] as const
    const publish = async (splits: (typeof pair)[]) => {
      const commit = { projectId: id, integrationId: null, runId: null, cause: 'rebuild' as const }
      const identity = { maxLinks: 100, splits, changedSplits: [pair], everything: false }
      const changed: RefreshSettings = { ...settings, identity }
      await refresh(await openCommit(commit), changed, '1')
    }
    await publish([pair])
    assert.deepEqual(await standing(id), ['1 Direct', '1 Email'])
    assert.deepEqual(await standing(id, before), ['1 Email > Direct'])
    await publish([])
    assert.deepEqual(await standing(id), ['1 Email > Direct'])
    assert.deepEqual(await standing(id, before), ['1 Email > Direct'])
  })
})
