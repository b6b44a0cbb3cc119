import { useTranslation } from 'react-i18next'
import { ChoiceMenu } from '../../components/ChoiceMenu.tsx'
import { CONVERSIONS, useConversionName } from './conversion_name.ts'

interface ConversionMenuProps {
  value: string
  onChange: (conversion: string) => void
}

export function ConversionMenu({ value, onChange }: ConversionMenuProps) {
  const { t } = useTranslation()
  const nameOf = useConversionName()
  return (
    <ChoiceMenu
      label={t('attribution.conversion')}
      value={value}
      choices={[...new Set([...CONVERSIONS, value])].map((one) => ({
        value: one,
        label: nameOf(one),
      }))}
      onChange={onChange}
    />
  )
}
