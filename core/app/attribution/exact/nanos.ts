const DECIMAL = /^(-?)(\d+)(?:\.(\d{1,9}))?$/

/** Billionths of a decimal text such as `-12.30`; nano-units stay what they are. */
export function toNanos(amount: string | bigint): bigint {
  if (typeof amount === 'bigint') return amount
  const [, sign, whole = '', places = ''] = DECIMAL.exec(amount) ?? []
  if (sign === undefined) throw new RangeError('Not a decimal number with at most 9 places')
  return BigInt(`${sign}${whole}${places.padEnd(9, '0')}`)
}

/** Decimal text of billionths, without needless zeros. */
export function fromNanos(nanos: bigint): string {
  const digits = (nanos < 0n ? -nanos : nanos).toString().padStart(10, '0')
  const places = digits.slice(-9).replace(/0+$/, '')
  return `${nanos < 0n ? '-' : ''}${digits.slice(0, -9)}${places && `.${places}`}`
}
