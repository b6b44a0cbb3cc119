import { Button } from '@mantine/core'
import { IconDownload, IconEraser, IconUsersGroup } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { PersonAlias, PersonFound } from '../../api/types.ts'
import { Note } from '../../components/Note.tsx'
import { toast } from '../../components/toast.ts'
import { useFormat } from '../../i18n/format.ts'
import { problemText } from '../../i18n/problem_text.ts'
import { useNodeType } from '../people/node_type.ts'
import { useProject } from '../projects/project_context.ts'
import { EraseDialog } from './EraseDialog.tsx'
import { useExport } from './use_privacy.ts'
import classes from './Privacy.module.css'

interface FoundPersonProps {
  person: PersonFound
  alias: PersonAlias
  onErased: () => void
}

/** What is stored about somebody, in numbers, and what can be done about it. */
export function FoundPerson({ person, alias, onErased }: FoundPersonProps) {
  const { t } = useTranslation()
  const { id } = useProject()
  if (person.is_shared) {
    return (
      <div className={classes.found}>
        <Note icon={IconUsersGroup} title={t('privacy.shared_title')} tone="warn">
          {t('privacy.shared_text')}
        </Note>
      </div>
    )
  }
  return (
    <section className={classes.found}>
      <Identifiers person={person} />
      <Counts person={person} />
      <div className={classes.actions}>
        <ExportButton alias={alias} />
        <EraseButton alias={alias} onErased={onErased} />
        <Link to={`/p/${id}/people/${person.person_id}`} className={classes.open}>
          {t('privacy.open')}
        </Link>
      </div>
    </section>
  )
}

function Identifiers({ person }: { person: PersonFound }) {
  const { t } = useTranslation()
  const typeOf = useNodeType()
  return (
    <ul className={classes.identifiers}>
      {person.identifiers.map(({ type, value, is_shared: isShared }, index) => (
        <li key={index}>
          <span>{typeOf(type)}</span>
          {value === null ? <em>{t('privacy.hash_only')}</em> : <b>{value}</b>}
          {isShared && <em>{t('privacy.shared')}</em>}
        </li>
      ))}
    </ul>
  )
}

/** Visits and touches that name the person are among the touches. */
const DOCUMENTS = ['customer', 'contact', 'order', 'refund', 'deal', 'lead', 'event'] as const

function Counts({ person }: { person: PersonFound }) {
  const { t } = useTranslation()
  const format = useFormat()
  const counts = [
    ...DOCUMENTS.map((type) => [t(`documents.${type}`), person.documents[type] ?? 0] as const),
    [t('person.touches'), person.touches] as const,
  ].filter(([, count]) => count > 0)
  return (
    <dl className={classes.counts}>
      {counts.map(([label, count]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{format.count(count)}</dd>
        </div>
      ))}
    </dl>
  )
}

function ExportButton({ alias }: { alias: PersonAlias }) {
  const { t } = useTranslation()
  const start = useExport()
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      loading={start.isPending}
      onClick={() =>
        start.mutate(alias, {
          onSuccess: () => toast(t('privacy.export_started')),
          onError: (error) => toast(problemText(t, error).title, false),
        })
      }
    >
      {t('privacy.export')}
    </Button>
  )
}

/** Asks before it does what cannot be taken back. */
export function EraseButton({ alias, onErased }: { alias: PersonAlias; onErased: () => void }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button
        variant="light"
        color="red"
        leftSection={<IconEraser size={16} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {t('privacy.erase')}
      </Button>
      <EraseDialog
        opened={opened}
        alias={alias}
        onClose={() => setOpened(false)}
        onErased={onErased}
      />
    </>
  )
}
