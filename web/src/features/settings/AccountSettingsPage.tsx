import { SegmentedControl, Select, Stack, useMantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { changeLanguage, LANGUAGES } from '../../i18n/index.ts'
import { useUpdateMe } from '../auth/use_me.ts'
import { PasswordForm } from './PasswordForm.tsx'
import { ProfileForm } from './ProfileForm.tsx'

const LANGUAGE_NAMES = { en: 'English', ru: 'Русский' } as const
const SCHEMES = ['light', 'dark', 'auto'] as const

export function AccountSettingsPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('settings.account_title')} narrow>
      <Panel title={t('settings.profile')}>
        <ProfileForm />
      </Panel>
      <Panel title={t('settings.appearance')}>
        <Appearance />
      </Panel>
      <Panel title={t('settings.password')} subtitle={t('settings.password_hint')}>
        <PasswordForm />
      </Panel>
    </Page>
  )
}

function Appearance() {
  const { t, i18n } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const update = useUpdateMe()
  return (
    <Stack gap="md">
      <Select
        label={t('settings.language')}
        data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        allowDeselect={false}
        value={i18n.language}
        maw={280}
        onChange={(value) => {
          const language = LANGUAGES.find((known) => known === value)
          if (!language) return
          void changeLanguage(language)
          // Letters from the server are written in the language chosen here.
          update.mutate({ locale: language })
        }}
      />
      <div>
        <div id="theme-label" style={{ fontWeight: 500, fontSize: 13, marginBottom: 4 }}>
          {t('settings.theme')}
        </div>
        <SegmentedControl
          aria-labelledby="theme-label"
          data={SCHEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
          value={colorScheme}
          onChange={(value) => setColorScheme(value)}
        />
      </div>
    </Stack>
  )
}
