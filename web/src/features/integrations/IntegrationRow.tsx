import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Integration, Source } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import { kindOf } from './kind.ts'
import { stepOf } from './readiness.ts'
import { SourceMark } from './SourceMark.tsx'
import { StatusPill } from './StatusPill.tsx'
import { useTroubleText } from './trouble_text.ts'
import classes from './Integrations.module.css'

interface IntegrationRowProps {
  integration: Integration
  /** Absent where it is not installed any more. */
  source: Source | undefined
}

export function IntegrationRow({ integration, source }: IntegrationRowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { id } = useProject()
  const { last_synced_at: synced, next_run_at: next } = integration
  return (
    <li className={classes.row}>
      <SourceMark title={source?.title ?? integration.type} />
      <span className={classes.what}>
        <Link to={`/p/${id}/integrations/${integration.id}`} className={classes.name}>
          {integration.name}
        </Link>
        {source ? (
          <Kind integration={integration} source={source} />
        ) : (
          <span>{t('integrations.not_installed', { type: integration.type })}</span>
        )}
        <Trouble integration={integration} />
      </span>
      <span className={classes.times}>
        <span>
          {synced === null
            ? t('integrations.never')
            : t('integrations.synced', { when: format.ago(synced) })}
        </span>
        {next !== null && (
          <small title={format.moment(next)}>
            {t('integrations.next', { when: format.ago(next) })}
          </small>
        )}
      </span>
      <StatusPill status={integration.status} />
    </li>
  )
}

function Kind({ integration, source }: { integration: Integration; source: Source }) {
  const kind = kindOf(integration, source)
  return kind === undefined ? null : <span>{kind}</span>
}

/** What is still to be done, or else what is wrong. */
function Trouble({ integration }: { integration: Integration }) {
  const { t } = useTranslation()
  const troubleText = useTroubleText()
  const step = stepOf(integration)
  if (step !== 'none') return <span className={classes.todo}>{t(`integration_step.${step}`)}</span>
  if (integration.error === null) return null
  return <span className={classes.trouble}>{troubleText(integration.error).title}</span>
}
