import { ActionIcon, CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './CodeBlock.module.css'

const KEYWORDS =
  /\b(SELECT|FROM|WHERE|AND|OR|NOT|IN|AS|ON|WITH|GROUP BY|ORDER BY|LIMIT|LEFT|INNER|ANY|FINAL|PREWHERE|JOIN|USING|HAVING|BETWEEN|CASE|WHEN|THEN|ELSE|END|DISTINCT|UNION ALL|SETTINGS|DESC|ASC|NULL|IS)\b/g

interface CodeBlockProps {
  code: string
  /** Plain text where there is none. */
  language?: 'sql'
}

/** Keywords stand out a little; anything more would compete with the figures. */
function highlighted(code: string) {
  const parts = code.split(KEYWORDS)
  return parts.map((part, index) => (index % 2 ? <b key={index}>{part}</b> : part))
}

export function CodeBlock({ code, language }: CodeBlockProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.root}>
      <CopyButton value={code}>
        {({ copied, copy }) => (
          <Tooltip label={t(copied ? 'common.copied' : 'common.copy')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              className={classes.copy ?? ''}
              aria-label={t('common.copy')}
              onClick={copy}
            >
              {copied ? <IconCheck size={16} /> : <IconCopy size={16} stroke={1.7} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
      <pre className={classes.code} data-language={language} tabIndex={0}>
        {language ? highlighted(code) : code}
      </pre>
    </div>
  )
}
