import { ActionIcon, Select, TagsInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCanEdit } from '../projects/project_context.ts'
import { FIELDS, OPS, type Condition } from './rules_draft.ts'
import classes from './ChannelRules.module.css'

interface ConditionRowProps {
  condition: Condition
  isFirst: boolean
  canRemove: boolean
  onChange: (patch: Partial<Condition>) => void
  onRemove: () => void
}

/** “Source contains facebook or instagram”. */
export function ConditionRow(props: ConditionRowProps) {
  const { isFirst, canRemove, onRemove } = props
  const { t } = useTranslation()
  const canEdit = useCanEdit()
  return (
    <div className={classes.condition}>
      <span className={classes.joint}>{t(isFirst ? 'channels.if' : 'channels.and')}</span>
      <Test {...props} />
      <Values {...props} />
      {canRemove && canEdit && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          className={classes.removeCondition ?? ''}
          aria-label={t('channels.remove_condition')}
          onClick={onRemove}
        >
          <IconX size={14} />
        </ActionIcon>
      )}
    </div>
  )
}

type PartProps = Pick<ConditionRowProps, 'condition' | 'onChange'>

function Test({ condition, onChange }: PartProps) {
  const { t } = useTranslation()
  const readOnly = !useCanEdit()
  return (
    <>
      <Select
        size="xs"
        className={classes.field ?? ''}
        aria-label={t('channels.field')}
        data={FIELDS.map((value) => ({ value, label: t(`channel_field.${value}`) }))}
        allowDeselect={false}
        readOnly={readOnly}
        value={condition.field}
        onChange={(field) => field && onChange({ field })}
      />
      <Select
        size="xs"
        className={classes.op ?? ''}
        aria-label={t('channels.op')}
        data={OPS.map((value) => ({ value, label: t(`channel_op.${value}`) }))}
        allowDeselect={false}
        readOnly={readOnly}
        value={condition.op}
        onChange={(op) => op && onChange({ op })}
      />
    </>
  )
}

function Values({ condition, onChange }: PartProps) {
  const { t } = useTranslation()
  return (
    <TagsInput
      size="xs"
      className={classes.values ?? ''}
      aria-label={t('channels.values')}
      placeholder={condition.values.length === 0 ? t('channels.value') : ''}
      // A pattern may hold commas of its own.
      splitChars={condition.op === 'matches' ? [] : [',']}
      readOnly={!useCanEdit()}
      value={condition.values}
      onChange={(values) => onChange({ values })}
    />
  )
}
