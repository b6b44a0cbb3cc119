import { Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Integration, Source } from '../../api/types.ts'
import { FormError } from '../../components/FormError.tsx'
import { ConsentSetup } from './ConsentSetup.tsx'
import { useAuthorize } from './use_connection.ts'
import classes from './Connection.module.css'

interface ConsentStepProps {
  integration: Integration
  source: Source
}

/** Leads to the vendor, where the user agrees; says so where the installation is not ready for it. */
export function ConsentStep({ integration, source }: ConsentStepProps) {
  const { t } = useTranslation()
  const authorize = useAuthorize()
  if (source.consent?.available === false) return <ConsentSetup source={source} />
  const isAgain = !integration.needs_consent
  return (
    <div className={classes.step}>
      <p>{t(isAgain ? 'consent.text_again' : 'consent.text', { title: source.title })}</p>
      <FormError error={authorize.error} />
      <Button
        leftSection={<IconExternalLink size={16} aria-hidden />}
        loading={authorize.isPending || authorize.isSuccess}
        onClick={() => authorize.mutate(integration.id)}
      >
        {t(isAgain ? 'consent.again' : 'consent.go', { title: source.title })}
      </Button>
    </div>
  )
}
