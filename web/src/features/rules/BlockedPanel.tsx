import { Button, NumberInput, Skeleton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FormError } from '../../components/FormError.tsx'
import { Panel } from '../../components/Panel.tsx'
import { toast } from '../../components/toast.ts'
import { useFormat } from '../../i18n/format.ts'
import { useIdentitySettings } from '../people/identity_settings.ts'
import { NodeName } from '../people/NodeName.tsx'
import { useCanEdit } from '../projects/project_context.ts'
import { MoreButton } from './MoreButton.tsx'
import { useBlocked, useSaveIdentitySettings } from './use_identity.ts'
import classes from './Identity.module.css'

/** Identifiers that stand for too many to say who somebody is, and from where on that is. */
export function BlockedPanel() {
  const { t } = useTranslation()
  const settings = useIdentitySettings()
  return (
    <Panel title={t('blocked.title')} subtitle={t('blocked.text')}>
      {settings.isPending && <Skeleton height={60} />}
      {settings.isError && <ErrorState error={settings.error} onRetry={settings.refetch} />}
      {settings.data && <LimitForm key={settings.data.max_links} limit={settings.data.max_links} />}
      {settings.data?.is_settled === false && <p className={classes.wait}>{t('blocked.wait')}</p>}
      <BlockedList />
    </Panel>
  )
}

function LimitForm({ limit }: { limit: number }) {
  const { t } = useTranslation()
  const canEdit = useCanEdit()
  const [draft, setDraft] = useState<number | string>(limit)
  const save = useSaveIdentitySettings()
  return (
    <form
      className={classes.limit}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(Number(draft), { onSuccess: () => toast(t('blocked.saved')) })
      }}
    >
      <NumberInput
        label={t('blocked.limit')}
        min={2}
        max={10_000}
        allowDecimal={false}
        disabled={!canEdit}
        value={draft}
        onChange={setDraft}
      />
      {canEdit && (
        <Button
          type="submit"
          variant="default"
          disabled={Number(draft) === limit || Number(draft) < 2}
          loading={save.isPending}
        >
          {t('settings.save')}
        </Button>
      )}
      <FormError error={save.error} />
    </form>
  )
}

function BlockedList() {
  const { t } = useTranslation()
  const format = useFormat()
  const blocked = useBlocked()
  const rows = blocked.data?.pages.flatMap(({ data }) => data)
  if (blocked.isError && !rows) {
    return <ErrorState error={blocked.error} onRetry={blocked.refetch} />
  }
  if (!rows) return <Skeleton height={60} />
  if (rows.length === 0) return <p className={classes.none}>{t('blocked.none')}</p>
  return (
    <>
      <ul className={classes.list}>
        {rows.map(({ alias, links, documents }) => (
          <li key={alias.alias_id} className={classes.row}>
            <span className={classes.what}>
              <NodeName node={alias} />
            </span>
            <span className={classes.note}>
              {t('blocked.links', { count: links, shown: format.count(links) })}
              {' · '}
              {t('blocked.documents', { count: documents, shown: format.count(documents) })}
            </span>
          </li>
        ))}
      </ul>
      <MoreButton list={blocked} />
    </>
  )
}
