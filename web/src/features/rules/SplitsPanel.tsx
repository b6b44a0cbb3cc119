import { Button, Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { IdentitySplit } from '../../api/types.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Panel } from '../../components/Panel.tsx'
import { toast } from '../../components/toast.ts'
import { useFormat } from '../../i18n/format.ts'
import { problemText } from '../../i18n/problem_text.ts'
import { NodeName } from '../people/NodeName.tsx'
import { useCanEdit } from '../projects/project_context.ts'
import { MoreButton } from './MoreButton.tsx'
import { useRemoveSplit, useSplits } from './use_identity.ts'
import classes from './Identity.module.css'

/** Pairs that somebody said are not one person. */
export function SplitsPanel() {
  const { t } = useTranslation()
  const splits = useSplits()
  const rows = splits.data?.pages.flatMap(({ data }) => data)
  return (
    <Panel title={t('splits.title')} subtitle={t('splits.text')}>
      {splits.isPending && <Skeleton height={60} />}
      {splits.isError && !rows && <ErrorState error={splits.error} onRetry={splits.refetch} />}
      {rows?.length === 0 && <p className={classes.none}>{t('splits.none')}</p>}
      <ul className={classes.list}>
        {rows?.map((split) => (
          <SplitRow key={split.id} split={split} />
        ))}
      </ul>
      <MoreButton list={splits} />
    </Panel>
  )
}

function SplitRow({ split }: { split: IdentitySplit }) {
  const { t } = useTranslation()
  const format = useFormat()
  const canEdit = useCanEdit()
  const undo = useRemoveSplit()
  return (
    <li className={classes.row}>
      <span className={classes.what}>
        <span className={classes.ends}>
          <NodeName node={split.from} />
          <span aria-label={t('splits.not')}>≠</span>
          <NodeName node={split.to} />
        </span>
        <span className={classes.note}>
          {format.ago(split.created_at)}
          {split.note !== '' && ` · ${split.note}`}
          {!split.is_settled && ` · ${t('splits.wait')}`}
        </span>
      </span>
      {canEdit && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          loading={undo.isPending}
          onClick={() =>
            undo.mutate(split.id, {
              onSuccess: () => toast(t('splits.undone')),
              onError: (error) => toast(problemText(t, error).title, false),
            })
          }
        >
          {t('splits.undo')}
        </Button>
      )}
    </li>
  )
}
