import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, useLocation } from 'react-router'
import { useProject } from '../projects/project_context.ts'
import classes from './SettingsNav.module.css'

const LINKS = [
  { to: '', label: 'settings.general' },
  { to: '/channels', label: 'settings.channels' },
  { to: '/campaigns', label: 'settings.campaigns' },
  { to: '/attribution', label: 'settings.attribution' },
  { to: '/identity', label: 'settings.identity' },
  { to: '/privacy', label: 'settings.privacy' },
] as const

/** What can be set for a project, by subject. */
export function SettingsNav() {
  const { t } = useTranslation()
  const { id } = useProject()
  const { pathname } = useLocation()
  const nav = useRef<HTMLElement>(null)
  // On phones the links do not fit side by side; the one in use is to be seen.
  useEffect(() => {
    nav.current
      ?.querySelector('[aria-current="page"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [pathname])
  return (
    <nav ref={nav} className={classes.nav} aria-label={t('settings.project_title')}>
      {LINKS.map(({ to, label }) => (
        <NavLink key={to} to={`/p/${id}/settings${to}`} end className={classes.link ?? ''}>
          {t(label)}
        </NavLink>
      ))}
    </nav>
  )
}
