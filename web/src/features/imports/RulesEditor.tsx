import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { matches, RULE_TESTS, type Rule } from './draft.ts'
import { REFUNDABLE, type Kind } from './fields.ts'
import type { MappingProps } from './FieldMap.tsx'
import classes from './RulesEditor.module.css'

/** “InvoiceNo starts with C → refund”, with the number of rows it catches in the preview. */
export function RulesEditor({ head, draft, change }: MappingProps) {
  const { t } = useTranslation()
  const column = draft.columns.order_id ?? head.columns[0] ?? ''
  return (
    <>
      <ul className={classes.list}>
        {draft.rules.map((rule, index) => (
          <RuleRow
            key={index}
            rule={rule}
            caught={head.rows.filter((row) => matches(rule, head, row)).length}
            columns={head.columns}
            kind={draft.kind}
            onChange={(patch) => change({ type: 'change_rule', index, patch })}
            onRemove={() => change({ type: 'remove_rule', index })}
            total={head.rows.length}
          />
        ))}
      </ul>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} />}
        onClick={() =>
          change({
            type: 'add_rule',
            rule: { column, test: 'starts_with', value: '', as: 'skip' },
          })
        }
      >
        {t('imports.add_rule')}
      </Button>
    </>
  )
}

const actionsOf = (kind: Kind): Rule['as'][] =>
  REFUNDABLE.includes(kind) ? ['refund', 'skip'] : ['skip']

interface RuleRowProps {
  rule: Rule
  caught: number
  total: number
  columns: readonly string[]
  kind: Kind
  onChange: (patch: Partial<Rule>) => void
  onRemove: () => void
}

function RuleRow({ rule, caught, total, columns, kind, onChange, onRemove }: RuleRowProps) {
  const { t } = useTranslation()
  return (
    <li className={classes.rule}>
      <Condition rule={rule} columns={columns} onChange={onChange} />
      <Select
        size="xs"
        aria-label={t('imports.rule_action')}
        data={actionsOf(kind).map((value) => ({ value, label: `→ ${t(`rule.${value}`)}` }))}
        allowDeselect={false}
        value={rule.as}
        onChange={(as) => as && onChange({ as })}
        className={classes.action ?? ''}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        className={classes.remove ?? ''}
        aria-label={t('imports.remove_rule')}
        onClick={onRemove}
      >
        <IconTrash size={15} />
      </ActionIcon>
      <span className={classes.caught}>
        {rule.value === ''
          ? t('imports.rule_empty')
          : t('imports.rule_caught', { caught, count: total })}
      </span>
    </li>
  )
}

function Condition({
  rule,
  columns,
  onChange,
}: Pick<RuleRowProps, 'rule' | 'columns' | 'onChange'>) {
  const { t } = useTranslation()
  return (
    <>
      <Select
        size="xs"
        aria-label={t('imports.rule_column')}
        data={[...new Set(columns)].filter(Boolean)}
        allowDeselect={false}
        value={rule.column}
        onChange={(column) => column && onChange({ column })}
        className={classes.column ?? ''}
      />
      <Select
        size="xs"
        aria-label={t('imports.rule_test')}
        data={RULE_TESTS.map((value) => ({ value, label: t(`rule_test.${value}`) }))}
        allowDeselect={false}
        value={rule.test}
        onChange={(test) => test && onChange({ test })}
        className={classes.test ?? ''}
      />
      <TextInput
        size="xs"
        aria-label={t('imports.rule_value')}
        className={classes.value ?? ''}
        value={rule.value}
        onChange={(event) => onChange({ value: event.currentTarget.value })}
      />
    </>
  )
}
