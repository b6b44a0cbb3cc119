import {
  IconArrowsSplit2,
  IconBook2,
  IconChartAreaLine,
  IconChartSankey,
  IconFileImport,
  IconPlugConnected,
  IconSettings,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { NavLink, useParams } from 'react-router'
import classes from './ProjectNav.module.css'

const LINKS = [
  { to: 'dashboard', label: 'shell.dashboard', icon: IconChartAreaLine },
  { to: 'attribution', label: 'shell.attribution', icon: IconArrowsSplit2 },
  { to: 'journeys', label: 'shell.journeys', icon: IconChartSankey },
  { to: 'integrations', label: 'shell.integrations', icon: IconPlugConnected },
  { to: 'imports', label: 'shell.imports', icon: IconFileImport },
  { to: 'settings', label: 'shell.settings', icon: IconSettings },
] as const

export function ProjectNav() {
  const { t } = useTranslation()
  const { projectId = '' } = useParams()
  return (
    <>
      <nav className={classes.nav} aria-label={t('shell.navigation')}>
        {LINKS.map(({ to, label, icon: Glyph }) => (
          <NavLink key={to} to={`/p/${projectId}/${to}`} className={classes.link ?? ''}>
            <Glyph size={18} stroke={1.7} aria-hidden />
            {t(label)}
          </NavLink>
        ))}
      </nav>
      <a className={classes.docs} href="/api/v1/docs" target="_blank" rel="noreferrer">
        <IconBook2 size={18} stroke={1.7} aria-hidden />
        {t('shell.api_docs')}
      </a>
    </>
  )
}
