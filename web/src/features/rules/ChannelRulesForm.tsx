import { Button, Checkbox } from '@mantine/core'
import { IconPlus, IconRefresh } from '@tabler/icons-react'
import { useReducer } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChannelRules } from '../../api/types.ts'
import { FormError } from '../../components/FormError.tsx'
import { Note } from '../../components/Note.tsx'
import { Panel } from '../../components/Panel.tsx'
import { SaveBar } from '../../components/SaveBar.tsx'
import { toast } from '../../components/toast.ts'
import { useCanEdit } from '../projects/project_context.ts'
import { PresetRules } from './PresetRules.tsx'
import { RuleCard } from './RuleCard.tsx'
import { TryVisitPanel } from './TryVisitPanel.tsx'
import {
  channelsOf,
  isChanged,
  isComplete,
  reduceRules,
  toBody,
  toDraft,
  type RulesAction,
  type RulesDraft,
} from './rules_draft.ts'
import { useSaveChannelRules } from './use_channel_rules.ts'
import classes from './ChannelRules.module.css'

interface FormProps {
  saved: ChannelRules
}

/** The project's own rules, what follows them, and which channels cost money. */
export default function ChannelRulesForm({ saved }: FormProps) {
  const { t } = useTranslation()
  const canEdit = useCanEdit()
  const [draft, dispatch] = useReducer(reduceRules, saved, toDraft)
  const save = useSaveChannelRules()
  const complete = draft.rules.every(isComplete)
  return (
    <>
      {!saved.is_settled && (
        <div role="status">
          <Note icon={IconRefresh}>{t('channels.settling')}</Note>
        </div>
      )}
      <Panel title={t('channels.own')} subtitle={t('channels.own_text')}>
        <OwnRules draft={draft} dispatch={dispatch} saved={saved} />
        <FormError error={save.error} />
      </Panel>
      <TryVisitPanel draft={draft} />
      <Panel title={t('channels.preset')} subtitle={t('channels.preset_text')}>
        <PresetRules rules={saved.preset} />
      </Panel>
      <PaidChannels draft={draft} dispatch={dispatch} saved={saved} />
      {canEdit && isChanged(draft, saved) && (
        <SaveBar
          note={complete ? t('channels.save_note') : t('channels.incomplete')}
          disabled={!complete}
          saving={save.isPending}
          onReset={() => dispatch({ type: 'reset', rules: saved })}
          onSave={() =>
            save.mutate(toBody(draft, saved), {
              onSuccess: (rules) => {
                dispatch({ type: 'reset', rules })
                toast(t('channels.saved'))
              },
            })
          }
        />
      )}
    </>
  )
}

interface OwnRulesProps extends FormProps {
  draft: RulesDraft
  dispatch: (action: RulesAction) => void
}

function PaidChannels({ draft, dispatch, saved }: OwnRulesProps) {
  const { t } = useTranslation()
  const canEdit = useCanEdit()
  return (
    <Panel title={t('channels.paid')} subtitle={t('channels.paid_text')}>
      <ul className={classes.flags}>
        {channelsOf(draft, saved).map((channel) => (
          <li key={channel}>
            <Checkbox
              label={channel}
              checked={draft.paid[channel] ?? false}
              disabled={!canEdit}
              onChange={({ currentTarget: { checked: isPaid } }) =>
                dispatch({ type: 'paid', channel, isPaid })
              }
            />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function OwnRules({ draft, dispatch, saved }: OwnRulesProps) {
  const { t } = useTranslation()
  const canEdit = useCanEdit()
  const known = channelsOf(draft, saved)
  return (
    <>
      {draft.rules.length === 0 && <p className={classes.none}>{t('channels.none')}</p>}
      <ol className={classes.rules}>
        {draft.rules.map((rule, index) => (
          <RuleCard
            key={rule.key}
            rule={rule}
            index={index}
            count={draft.rules.length}
            channels={known}
            dispatch={dispatch}
          />
        ))}
      </ol>
      {canEdit && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => dispatch({ type: 'add' })}
        >
          {t('channels.add')}
        </Button>
      )}
    </>
  )
}
