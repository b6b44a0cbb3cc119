import { useTranslation } from 'react-i18next'
import { ChoiceMenu } from '../../components/ChoiceMenu.tsx'

const CUSTOMERS = ['all', 'new'] as const

interface CustomersMenuProps {
  newOnly: boolean
  onChange: (newOnly: boolean) => void
}

/** Whose conversions: everybody's, or those of people who had never ordered before. */
export function CustomersMenu({ newOnly, onChange }: CustomersMenuProps) {
  const { t } = useTranslation()
  return (
    <ChoiceMenu
      label={t('attribution.customers')}
      value={newOnly ? 'new' : 'all'}
      choices={CUSTOMERS.map((value) => ({ value, label: t(`customers.${value}`) }))}
      onChange={(value) => onChange(value === 'new')}
    />
  )
}
