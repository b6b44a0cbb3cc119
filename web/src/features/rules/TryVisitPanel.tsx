import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconTestPipe } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormError } from '../../components/FormError.tsx'
import { Panel } from '../../components/Panel.tsx'
import { DecidedChannel } from './DecidedChannel.tsx'
import { isComplete, toRules, type RulesDraft } from './rules_draft.ts'
import { NO_VISIT, useTriedVisit, VISIT_FIELDS, type TriedVisit } from './use_tried_visit.ts'
import classes from './TryVisit.module.css'

const PAUSE_MS = 400

/** Which channel a visit would get under the rules as they stand on the page, saved or not. */
export function TryVisitPanel({ draft }: { draft: RulesDraft }) {
  const { t } = useTranslation()
  const [visit, setVisit] = useState(NO_VISIT)
  const [asked, setAsked] = useState<TriedVisit | null>(null)
  const [rules] = useDebouncedValue(draft.rules, PAUSE_MS)
  const tried = useTriedVisit(asked, toRules(rules.filter(isComplete)))
  return (
    <Panel title={t('try_visit.title')} subtitle={t('try_visit.text')}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          setAsked(visit)
        }}
      >
        {VISIT_FIELDS.map((field) => (
          <TextInput
            key={field}
            className={classes[field] ?? ''}
            label={t(`try_visit.${field}`)}
            placeholder={t(`try_visit_example.${field}`)}
            autoComplete="off"
            value={visit[field]}
            onChange={({ currentTarget: { value } }) =>
              setVisit((before) => ({ ...before, [field]: value }))
            }
          />
        ))}
        <Button
          type="submit"
          variant="default"
          loading={tried.isFetching}
          leftSection={<IconTestPipe size={16} aria-hidden />}
        >
          {t('try_visit.go')}
        </Button>
      </form>
      <FormError error={tried.error} />
      <div role="status">
        {tried.data && !tried.isError && (
          <DecidedChannel
            decision={tried.data}
            isPaid={draft.paid[tried.data.channel] ?? tried.data.is_paid}
          />
        )}
      </div>
    </Panel>
  )
}
