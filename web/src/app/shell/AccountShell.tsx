import { useTranslation } from 'react-i18next'
import { Link, Outlet } from 'react-router'
import { Logo } from '../../components/Logo.tsx'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { UserMenu } from './UserMenu.tsx'
import classes from './AccountShell.module.css'

/** The frame of pages that belong to the person rather than to a project. */
export function AccountShell() {
  const { t } = useTranslation()
  return (
    <div className={classes.shell}>
      <header className={classes.bar}>
        <Link to="/" className={classes.home} aria-label={t('shell.home')}>
          <Logo />
          <span>AnalyticaFlow</span>
        </Link>
        <UserMenu />
      </header>
      <main id="main">
        <ConnectionBanner />
        <Outlet />
      </main>
    </div>
  )
}
