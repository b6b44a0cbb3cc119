import { Button } from '@mantine/core'
import { DatePicker } from '@mantine/dates'
import '@mantine/dates/styles.layer.css'
import 'dayjs/locale/ru'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProject } from '../projects/project_context.ts'
import { useFormat } from '../../i18n/format.ts'
import { todayIn, type Range } from './dates.ts'
import classes from './RangeCalendar.module.css'

/** As the calendar counts: 0 = Sunday. */
const FIRST_DAY = { sunday: 0, monday: 1, saturday: 6 } as const

interface RangeCalendarProps {
  range: Range
  /** The last day with data: where the calendar opens. */
  latest: string
  onPick: (range: Range) => void
}

/** Loaded when the picker opens, since most views are picked by a preset. */
export default function RangeCalendar({ range, latest, onPick }: RangeCalendarProps) {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  const { week_start, timezone } = useProject()
  const [picked, setPicked] = useState<[string | null, string | null]>([range.from, range.to])
  const [from, to] = picked
  return (
    <div className={classes.root}>
      <DatePicker
        type="range"
        allowSingleDateInRange
        locale={i18n.language}
        firstDayOfWeek={FIRST_DAY[week_start]}
        defaultDate={range.to < latest ? range.to : latest}
        maxDate={todayIn(timezone)}
        value={picked}
        onChange={setPicked}
      />
      <div className={classes.footer}>
        <span className="num">
          {from !== null && to !== null ? format.range(from, to) : t('period.pick_end')}
        </span>
        <Button
          size="xs"
          disabled={from === null || to === null}
          onClick={() => from !== null && to !== null && onPick({ from, to })}
        >
          {t('period.apply')}
        </Button>
      </div>
    </div>
  )
}
