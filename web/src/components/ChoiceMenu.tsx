import { Button, Menu } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import classes from './ChoiceMenu.module.css'

interface Choice<Value extends string> {
  value: Value
  label: string
}

interface ChoiceMenuProps<Value extends string> {
  label: string
  value: Value
  choices: readonly Choice<Value>[]
  onChange: (value: Value) => void
}

/** A setting of a report: what it is about, what is chosen, and what else there is. */
export function ChoiceMenu<Value extends string>(props: ChoiceMenuProps<Value>) {
  const { label, value, choices, onChange } = props
  const chosen = choices.find((choice) => choice.value === value)?.label ?? value
  return (
    <Menu position="bottom-start" width={230}>
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          className={classes.target ?? ''}
          aria-label={`${label}: ${chosen}`}
          rightSection={<IconChevronDown size={14} stroke={1.8} aria-hidden />}
        >
          <span className={classes.label}>{label}</span>
          <span className={classes.value}>{chosen}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{label}</Menu.Label>
        {choices.map((choice) => (
          <Menu.Item
            key={choice.value}
            role="menuitemradio"
            aria-checked={choice.value === value}
            rightSection={choice.value === value ? <IconCheck size={15} aria-hidden /> : null}
            onClick={() => onChange(choice.value)}
          >
            {choice.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
