import { Alert, Button, Loader } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import '@mantine/dropzone/styles.layer.css'
import { IconAlertCircle, IconFileSpreadsheet, IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KINDS } from './fields.ts'
import type { HeadFault } from './read_head.ts'
import classes from './DropStep.module.css'

interface DropStepProps {
  onFile: (file: File) => Promise<void>
  fault: HeadFault | null
}

export function DropStep({ onFile, fault }: DropStepProps) {
  const { t } = useTranslation()
  const [reading, setReading] = useState(false)
  return (
    <>
      <Dropzone
        multiple={false}
        loading={false}
        className={classes.zone ?? ''}
        inputProps={{ 'aria-label': t('imports.choose_file') }}
        onDrop={async ([file]) => {
          if (!file) return
          setReading(true)
          await onFile(file)
          setReading(false)
        }}
      >
        <div className={classes.inner}>
          <span className={classes.icon}>
            {reading ? <Loader size={22} /> : <IconFileSpreadsheet size={26} stroke={1.5} />}
          </span>
          <p className={classes.title}>{t('imports.drop_title')}</p>
          <p className={classes.text}>{t('imports.drop_text')}</p>
          <Button component="span" variant="default" tabIndex={-1}>
            {t('imports.choose_file')}
          </Button>
        </div>
      </Dropzone>
      {fault && (
        <Alert
          role="alert"
          mt="md"
          color="red"
          icon={<IconAlertCircle size={18} />}
          title={t('imports.fault_title')}
        >
          {t(`imports.fault.${fault}`)}
        </Alert>
      )}
      <p className={classes.privacy}>
        <IconShieldCheck size={16} stroke={1.7} aria-hidden />
        {t('imports.privacy')}
      </p>
      <Kinds />
    </>
  )
}

function Kinds() {
  const { t } = useTranslation()
  return (
    <>
      <h2 className={classes.kindsTitle}>{t('imports.kinds_title')}</h2>
      <ul className={classes.kinds}>
        {KINDS.map((kind) => (
          <li key={kind}>
            <b>{t(`kind.${kind}`)}</b>
            <span>{t(`kind_hint.${kind}`)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
