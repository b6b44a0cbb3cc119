import { Menu, UnstyledButton } from '@mantine/core'
import { IconBook2, IconLogout, IconUserCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { signOut } from '../../features/auth/sign_out.ts'
import { useMe } from '../../features/auth/use_me.ts'
import classes from './UserMenu.module.css'

export function UserMenu() {
  const { t } = useTranslation()
  const { data: me } = useMe()
  const name = me ? (me.full_name ?? me.email) : ''
  return (
    <Menu position="top-start" width={220} offset={6}>
      <Menu.Target>
        <UnstyledButton className={classes.target} aria-label={t('shell.account')}>
          <span className={classes.avatar} aria-hidden>
            {name.slice(0, 1).toUpperCase()}
          </span>
          <span className={classes.who}>
            <span className={classes.name}>{name}</span>
            {me?.full_name && <span className={classes.email}>{me.email}</span>}
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/settings" leftSection={<IconUserCircle size={16} />}>
          {t('shell.account_settings')}
        </Menu.Item>
        <Menu.Item
          component="a"
          href="/api/v1/docs"
          target="_blank"
          leftSection={<IconBook2 size={16} />}
        >
          {t('shell.api_docs')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut()} leftSection={<IconLogout size={16} />}>
          {t('shell.sign_out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
