import {
  defineSource,
  noAuth,
  snapshotStream,
  SourceError,
  type Kind,
  type Stream,
} from '@analyticaflow/sdk'
import { Config } from './config.ts'
import { importKindNames, kindSpec, type ImportKind } from './kinds/index.ts'
import { planOf, readPages } from './read.ts'

function streamOf(name: ImportKind): Stream<typeof Config> {
  const { title, row, refund } = kindSpec(name)
  const emits = [...new Set<Kind>([row.kind, refund?.kind ?? row.kind])]
  return snapshotStream(Config, {
    title,
    emits,
    bulk: true,
    // A line has no key of its own: its number changes when a line is put in before it.
    identity: 'content',
    when: (config) => config.kind === name,
    read: (context, _slice, resume) => readPages(context, resume),
  })
}

const streams = Object.fromEntries(importKindNames.map((name) => [name, streamOf(name)]))

/** Tables in files: one integration is one file under one name. */
export default defineSource({
  id: 'csv',
  sourceType: 'csv',
  version: '1.0.0',
  sdk: '^1.0.0',
  title: 'File (CSV)',
  orderIds: 'project',
  auth: noAuth(),
  config: Config,
  async check(context) {
    const { header } = await planOf(context)
    // Importing nothing under a name would empty it, which nobody means.
    if (header.isAll) throw new SourceError('file_invalid', 'The file has a header and no rows.')
  },
  streams: streams as Record<ImportKind, Stream<typeof Config>>,
})
