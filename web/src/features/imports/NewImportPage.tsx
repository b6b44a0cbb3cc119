import { Skeleton } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { Page } from '../../components/Page.tsx'
import { useProject } from '../projects/project_context.ts'
import { newDraft, type Draft } from './draft.ts'
import { DropStep } from './DropStep.tsx'
import { HeadError, readHead, type FileHead } from './read_head.ts'

const MappingStep = lazy(() => import('./MappingStep.tsx'))

interface Chosen {
  file: File
  head: FileHead
  draft: Draft
}

export function NewImportPage() {
  const { t } = useTranslation()
  const project = useProject()
  const [params] = useSearchParams()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [fault, setFault] = useState<HeadError | null>(null)
  const replaces = params.get('replace')

  async function choose(file: File): Promise<void> {
    setFault(null)
    try {
      const head = await readHead(file)
      const draft = newDraft(file.name, head, project)
      setChosen({ file, head, draft: replaces === null ? draft : { ...draft, name: replaces } })
    } catch (error) {
      setFault(error instanceof HeadError ? error : new HeadError('binary'))
    }
  }

  return (
    <Page
      title={t(replaces === null ? 'imports.new' : 'imports.replace_title')}
      subtitle={chosen ? t('imports.mapping_subtitle') : t('imports.drop_subtitle')}
    >
      {chosen ? (
        <Suspense fallback={<Skeleton height={420} aria-label={t('common.loading')} />}>
          <MappingStep {...chosen} onBack={() => setChosen(null)} />
        </Suspense>
      ) : (
        <DropStep onFile={choose} fault={fault?.fault ?? null} />
      )}
    </Page>
  )
}
