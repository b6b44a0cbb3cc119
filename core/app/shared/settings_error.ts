/** A setting of the environment is missing or wrong: told to the person who starts, in plain lines. */
export class SettingsError extends Error {
  constructor(faults: string[]) {
    super(['The settings are not right:', ...faults.map((fault) => `  ${fault}`)].join('\n'))
    this.name = 'SettingsError'
  }
}
