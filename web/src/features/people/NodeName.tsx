import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { IdentityNode } from '../../api/types.ts'
import { useNodeType } from './node_type.ts'
import classes from './NodeName.module.css'

/** A hash is recognised by its beginning. */
const SHOWN = 10

/** An identifier as people may read it: addresses and numbers are kept as hashes only. */
export function NodeName({ node }: { node: IdentityNode }) {
  const { t } = useTranslation()
  const typeOf = useNodeType()
  const type = typeOf(node.type)
  if (!node.is_hashed) {
    return (
      <span className={classes.node}>
        <span className={classes.type}>{type}</span>
        <span className={classes.value}>{node.value || node.alias_id}</span>
      </span>
    )
  }
  return (
    <span className={classes.node}>
      <span className={classes.type}>{type}</span>
      <Tooltip label={t('identity.hashed')} w={250}>
        <span className={classes.value} data-hashed tabIndex={0}>
          {node.value.slice(0, SHOWN)}…
        </span>
      </Tooltip>
    </span>
  )
}
