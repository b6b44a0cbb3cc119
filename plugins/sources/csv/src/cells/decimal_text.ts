/** Digits, perhaps in groups of three, and a fraction, with a point. */
const POINTED = /^([+-]?)(\d*)\.?(\d*)$/
const GROUPED_BY_COMMA = /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/
const DECIMAL_COMMA = /^[+-]?\d*,\d+$/
const GROUPED_BY_POINT = /^[+-]?\d{1,3}(\.\d{3})+(,\d*)?$/
const PLAIN_COMMA = /^[+-]?\d*(,\d*)?$/
const EXPONENT = /^[+-]?\d+(\.\d+)?e[+-]?\d+$/i

/** Spaces that group digits: plain, no-break, narrow no-break. */
const GROUP_SPACES = /(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))/g

/** Digits before the point that are kept of an amount; callers may allow fewer. */
export const MAX_WHOLE = 15
export const MAX_FRACTION = 9

/** The number in its plain form, `-12.30`, or `undefined` if the text is none that is kept exactly. */
export function plainDecimal(
  text: string,
  decimalComma: boolean,
  maxWhole: number = MAX_WHOLE
): string | undefined {
  const pointed = decimalComma ? withPoint(text) : text
  const parts = pointed === undefined ? null : POINTED.exec(pointed)
  return parts === null ? undefined : rebuilt(parts, maxWhole)
}

function rebuilt(parts: RegExpExecArray, maxWhole: number): string | undefined {
  const [sign, whole, fraction] = parts.slice(1) as [string, string, string]
  if (whole + fraction === '') return undefined
  const left = whole.replace(/^0+(?=\d)/, '') || '0'
  const right = fraction.length > MAX_FRACTION ? fraction.replace(/0+$/, '') : fraction
  if (left.length > maxWhole || right.length > MAX_FRACTION) return undefined
  return (sign === '-' ? '-' : '') + (right === '' ? left : `${left}.${right}`)
}

/** `1.234,56` as `1234.56`. */
function withPoint(text: string): string | undefined {
  const spaceless = text.replace(GROUP_SPACES, '')
  if (GROUPED_BY_POINT.test(spaceless)) return spaceless.replaceAll('.', '').replace(',', '.')
  return PLAIN_COMMA.test(spaceless) ? spaceless.replace(',', '.') : undefined
}

/** What is wrong with the text, and what to do about it. */
export function decimalProblem(
  text: string,
  decimalComma: boolean,
  maxWhole: number = MAX_WHOLE
): string {
  if (decimalComma) {
    return /^[+-]?\d*\.\d+$/.test(text)
      ? 'has a decimal point, but the import says decimal_comma: true'
      : sizeProblem(text.replaceAll('.', '').replace(',', '.'), maxWhole)
  }
  if (GROUPED_BY_COMMA.test(text)) return 'has thousands separators; write it without them'
  if (DECIMAL_COMMA.test(text)) return 'has a decimal comma; import with decimal_comma: true'
  if (GROUPED_BY_POINT.test(text) && text.includes(',')) {
    return 'has a decimal comma; import with decimal_comma: true'
  }
  if (EXPONENT.test(text)) return 'has an exponent; write it out in full'
  return sizeProblem(text, maxWhole)
}

function sizeProblem(pointed: string, maxWhole: number): string {
  const parts = POINTED.exec(pointed)
  if (parts === null || /^[+-]?\.?$/.test(pointed)) return 'is not a number such as -12.30'
  const fraction = (parts[3] ?? '').replace(/0+$/, '')
  return fraction.length > MAX_FRACTION
    ? `has more than ${MAX_FRACTION} decimals`
    : `is too large: it has to be below 10^${maxWhole}`
}
