import { Alert, Button } from '@mantine/core'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useReducer } from 'react'
import { useTranslation } from 'react-i18next'
import { FormError } from '../../components/FormError.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useFormat } from '../../i18n/format.ts'
import { changeDraft, missingFields, type Draft } from './draft.ts'
import { FieldMap } from './FieldMap.tsx'
import { FileOptions } from './FileOptions.tsx'
import { PreviewTable } from './PreviewTable.tsx'
import type { FileHead } from './read_head.ts'
import { RulesEditor } from './RulesEditor.tsx'
import { UploadProgress } from './UploadProgress.tsx'
import { useStartImport } from './use_start_import.ts'
import classes from './MappingStep.module.css'

interface MappingStepProps {
  file: File
  head: FileHead
  draft: Draft
  onBack: () => void
}

export default function MappingStep({ file, head, draft: initial, onBack }: MappingStepProps) {
  const { t } = useTranslation()
  const [draft, change] = useReducer(changeDraft, initial)
  const start = useStartImport(file, head)
  return (
    <>
      <FileSummary file={file} head={head} onBack={onBack} busy={start.isPending} />
      <div className={classes.grid}>
        <Panel title={t('imports.fields_title')} subtitle={t('imports.fields_subtitle')}>
          <FieldMap head={head} draft={draft} change={change} />
        </Panel>
        <div>
          <Panel title={t('imports.options_title')}>
            <FileOptions head={head} draft={draft} change={change} />
          </Panel>
          <Panel title={t('imports.rules_title')} subtitle={t('imports.rules_subtitle')}>
            <RulesEditor head={head} draft={draft} change={change} />
          </Panel>
        </div>
      </div>
      <Panel title={t('imports.preview_title')} flush>
        <PreviewTable head={head} draft={draft} />
      </Panel>
      <Footer draft={draft} start={start} />
    </>
  )
}

interface FileSummaryProps extends Pick<MappingStepProps, 'file' | 'head' | 'onBack'> {
  busy: boolean
}

function FileSummary({ file, head, onBack, busy }: FileSummaryProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={classes.file}>
      <span className={classes.icon}>
        <IconFileSpreadsheet size={20} stroke={1.6} aria-hidden />
      </span>
      <div className={classes.fileText}>
        <b>{file.name}</b>
        <span>
          {format.bytes(file.size)} · {head.encoding.toUpperCase()}
          {head.compressed && ' · gzip'} · {t('imports.columns', { count: head.columns.length })}
        </span>
      </div>
      <Button variant="default" size="xs" onClick={onBack} disabled={busy}>
        {t('imports.other_file')}
      </Button>
    </div>
  )
}

interface FooterProps {
  draft: Draft
  start: ReturnType<typeof useStartImport>
}

/** What is still missing, the way on, or how far the file has gone. */
function Footer({ draft, start }: FooterProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const missing = missingFields(draft)
  const ready = missing.length === 0 && draft.name.trim() !== ''
  return (
    <div className={classes.footer}>
      {start.isPending ? (
        <UploadProgress {...start.progress} onCancel={start.cancel} />
      ) : (
        <>
          {missing.length > 0 && (
            <Alert color="yellow" className={classes.missing ?? ''}>
              {t('imports.missing', { fields: format.list(missing.map((f) => t(`field.${f}`))) })}
            </Alert>
          )}
          <FormError error={start.error} />
          <Button size="md" disabled={!ready} onClick={() => start.mutate(draft)}>
            {t('imports.start')}
          </Button>
        </>
      )}
    </div>
  )
}
