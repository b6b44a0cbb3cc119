import { IconChevronRight } from '@tabler/icons-react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { runsOf } from './runs.ts'
import { cssColour } from './colours.ts'
import { useStepName } from './step_name.ts'
import classes from './PathSteps.module.css'

interface PathStepsProps {
  path: readonly string[]
  colourOf: (label: string) => string
}

/** A path on one line; a step that repeats is written once with how often. */
export function PathSteps({ path, colourOf }: PathStepsProps) {
  const { t } = useTranslation()
  const nameOf = useStepName()
  if (path.length === 0) return <span className={classes.none}>{t('node.no_touch')}</span>
  return (
    <span className={classes.path}>
      {runsOf(path).map(({ step, times }, index) => (
        <Fragment key={index}>
          {index > 0 && (
            <IconChevronRight size={13} stroke={2} className={classes.arrow} aria-hidden />
          )}
          <span className={classes.step}>
            <i style={{ background: cssColour(colourOf(step)) }} />
            {nameOf(step)}
            {times > 1 && <span className={classes.times}>×{times}</span>}
          </span>
        </Fragment>
      ))}
    </span>
  )
}
