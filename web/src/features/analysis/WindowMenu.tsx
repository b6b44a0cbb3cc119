import { useTranslation } from 'react-i18next'
import { ChoiceMenu } from '../../components/ChoiceMenu.tsx'

const WINDOWS = [1, 7, 14, 30, 60, 90]

interface WindowMenuProps {
  days: number
  onChange: (days: number) => void
}

export function WindowMenu({ days, onChange }: WindowMenuProps) {
  const { t } = useTranslation()
  const offered = [...new Set([...WINDOWS, days])].sort((one, other) => one - other)
  return (
    <ChoiceMenu
      label={t('attribution.window')}
      value={String(days)}
      choices={offered.map((count) => ({
        value: String(count),
        label: t('attribution.days', { count }),
      }))}
      onChange={(value) => onChange(Number(value))}
    />
  )
}
