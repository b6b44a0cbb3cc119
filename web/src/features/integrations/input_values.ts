import type { FormField } from './config_form.ts'

/** What an input shows of a value. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

/** What a number input says; nothing where it is empty. */
export const numberOf = (value: string | number): number | undefined =>
  value === '' || !Number.isFinite(Number(value)) ? undefined : Number(value)

/** Lines that hold something. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trimStart())
    .filter((line, index, all) => line !== '' || index === all.length - 1)

/** Nothing can be chosen where nothing has to be. */
export const choicesOf = ({ choices, isRequired, standard }: FormField): string[] =>
  isRequired || standard !== undefined ? choices : ['', ...choices]
