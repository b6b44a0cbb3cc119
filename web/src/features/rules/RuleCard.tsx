import { ActionIcon, Autocomplete, Button, Tooltip } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowUp,
  IconGripVertical,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCanEdit } from '../projects/project_context.ts'
import { ConditionRow } from './ConditionRow.tsx'
import { NEW_CONDITION, type Condition, type DraftRule, type RulesAction } from './rules_draft.ts'
import { useDragOrder } from './use_drag_order.ts'
import classes from './ChannelRules.module.css'

interface RuleCardProps {
  rule: DraftRule
  index: number
  count: number
  /** Names to choose from; others may be entered. */
  channels: readonly string[]
  dispatch: (action: RulesAction) => void
}

export function RuleCard({ rule, index, count, channels, dispatch }: RuleCardProps) {
  const { t } = useTranslation()
  const canEdit = useCanEdit()
  const drag = useDragOrder(index, (from, to) => dispatch({ type: 'move', from, to }))
  const change = (patch: Partial<Omit<DraftRule, 'key'>>) =>
    dispatch({ type: 'change', key: rule.key, patch })
  return (
    <li className={classes.rule} data-over={drag.isOver} {...drag.target}>
      <div className={classes.head}>
        {canEdit && (
          <span className={classes.grip} {...drag.handle} aria-hidden>
            <IconGripVertical size={16} />
          </span>
        )}
        <span className={classes.number}>{index + 1}</span>
        <Autocomplete
          className={classes.channel ?? ''}
          aria-label={t('channels.channel')}
          placeholder={t('channels.channel')}
          data={[...channels]}
          readOnly={!canEdit}
          value={rule.channel}
          onChange={(channel) => change({ channel })}
        />
        {canEdit && <Moves index={index} count={count} ruleKey={rule.key} dispatch={dispatch} />}
      </div>
      <Conditions conditions={rule.conditions} onChange={(conditions) => change({ conditions })} />
    </li>
  )
}

interface ConditionsProps {
  conditions: Condition[]
  onChange: (conditions: Condition[]) => void
}

function Conditions({ conditions, onChange }: ConditionsProps) {
  const { t } = useTranslation()
  const canEdit = useCanEdit()
  return (
    <div className={classes.conditions}>
      {conditions.map((condition, place) => (
        <ConditionRow
          key={place}
          condition={condition}
          isFirst={place === 0}
          canRemove={conditions.length > 1}
          onChange={(patch) =>
            onChange(conditions.map((one, at) => (at === place ? { ...one, ...patch } : one)))
          }
          onRemove={() => onChange(conditions.filter((_, at) => at !== place))}
        />
      ))}
      {canEdit && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          className={classes.addCondition ?? ''}
          leftSection={<IconPlus size={13} aria-hidden />}
          onClick={() => onChange([...conditions, NEW_CONDITION])}
        >
          {t('channels.add_condition')}
        </Button>
      )}
    </div>
  )
}

interface MovesProps {
  index: number
  count: number
  ruleKey: number
  dispatch: (action: RulesAction) => void
}

/** Order by keyboard and by touch, where dragging does not reach. */
function Moves({ index, count, ruleKey, dispatch }: MovesProps) {
  const { t } = useTranslation()
  const buttons = [
    {
      label: t('channels.move_up'),
      Glyph: IconArrowUp,
      disabled: index === 0,
      action: { type: 'move', from: index, to: index - 1 } as const,
    },
    {
      label: t('channels.move_down'),
      Glyph: IconArrowDown,
      disabled: index === count - 1,
      action: { type: 'move', from: index, to: index + 1 } as const,
    },
    {
      label: t('channels.remove'),
      Glyph: IconTrash,
      disabled: false,
      action: { type: 'remove', key: ruleKey } as const,
    },
  ]
  return (
    <span className={classes.moves}>
      {buttons.map(({ label, Glyph, disabled, action }) => (
        <Tooltip key={label} label={label}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`${label}: ${index + 1}`}
            disabled={disabled}
            onClick={() => dispatch(action)}
          >
            <Glyph size={16} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      ))}
    </span>
  )
}
