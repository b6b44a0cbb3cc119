import { Button, Skeleton } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CampaignMapping } from '../../api/types.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Panel } from '../../components/Panel.tsx'
import { toast } from '../../components/toast.ts'
import { problemText } from '../../i18n/problem_text.ts'
import { useCanEdit } from '../projects/project_context.ts'
import { useMappings, useRemoveMapping } from './use_campaigns.ts'
import classes from './Campaigns.module.css'

/** What was said to be the same, each of which can be taken back. */
export function MappingsPanel() {
  const { t } = useTranslation()
  const mappings = useMappings()
  return (
    <Panel title={t('campaigns.mappings')} subtitle={t('campaigns.mappings_text')}>
      {mappings.isPending && <Skeleton height={60} />}
      {mappings.isError && <ErrorState error={mappings.error} onRetry={mappings.refetch} />}
      {mappings.data?.length === 0 && <p className={classes.none}>{t('campaigns.no_mappings')}</p>}
      <ul className={classes.list}>
        {mappings.data?.map((mapping) => (
          <MappingRow key={mapping.id} mapping={mapping} />
        ))}
      </ul>
    </Panel>
  )
}

function MappingRow({ mapping: { id, from, to } }: { mapping: CampaignMapping }) {
  const { t } = useTranslation()
  const canEdit = useCanEdit()
  const remove = useRemoveMapping()
  const parts = [from.source, from.campaign, from.campaign_id].filter(Boolean)
  return (
    <li className={classes.row}>
      <span className={classes.mapping}>
        <b>{parts.join(' · ')}</b>
        <IconArrowRight size={15} stroke={1.8} aria-label={t('campaigns.means')} />
        <b>{to.campaign_key ?? to.campaign_id}</b>
      </span>
      {canEdit && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          loading={remove.isPending}
          onClick={() =>
            remove.mutate(id, { onError: (error) => toast(problemText(t, error).title, false) })
          }
        >
          {t('campaigns.forget')}
        </Button>
      )}
    </li>
  )
}
