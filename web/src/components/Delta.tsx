import { IconArrowDownRight, IconArrowUpRight } from '@tabler/icons-react'
import { useFormat } from '../i18n/format.ts'
import classes from './Delta.module.css'

interface DeltaProps {
  change: { fraction: number; tone: 'good' | 'bad' | 'neutral' }
  title?: string
}

/** Colour says whether it is good news, the arrow and the sign say which way it went. */
export function Delta({ change: { fraction, tone }, title }: DeltaProps) {
  const format = useFormat()
  const Arrow = fraction < 0 ? IconArrowDownRight : IconArrowUpRight
  return (
    <span className={classes.delta} data-tone={tone} title={title}>
      {fraction !== 0 && <Arrow size={13} stroke={2.2} aria-hidden />}
      {format.signed(fraction)}
    </span>
  )
}
