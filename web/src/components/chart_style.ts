/** What every chart has in common, so that they read as one family in light and dark. */

/** The value of a colour token as it is right now. */
export const token = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--af-${name}`).trim()

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

export const axisText = () => ({
  color: token('text-3'),
  fontSize: 12,
  fontFamily: 'Inter Variable',
})

export const tooltipStyle = () => ({
  confine: true,
  backgroundColor: token('surface'),
  borderColor: token('border-strong'),
  padding: [10, 14],
  textStyle: { color: token('text'), fontSize: 13, fontFamily: 'Inter Variable' },
  extraCssText:
    'border-radius:10px;box-shadow:0 10px 30px -8px rgb(10 12 20 / 25%);min-width:220px',
})

interface Entry {
  /** How the mark before the label is drawn, as CSS. */
  mark: string
  label: string
  value: string
}

/** A line of a tooltip: mark, label, figure. */
export const entryHtml = ({ mark, label, value }: Entry): string =>
  `<div style="display:flex;gap:10px;align-items:center;line-height:1.7">` +
  `<span style="${mark}"></span>` +
  `<span style="flex:1;color:${token('text-2')}">${escapeHtml(label)}</span>` +
  `<b style="font-weight:600;font-variant-numeric:tabular-nums">${escapeHtml(value)}</b></div>`

export const lineMark = (colour: string, dashed = false): string =>
  `width:12px;border-top:2px ${dashed ? 'dashed' : 'solid'} ${colour}`

export const squareMark = (colour: string): string =>
  `width:9px;height:9px;border-radius:3px;background:${colour}`
