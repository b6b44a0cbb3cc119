/** A long proof: too slow for `npm test`, run by `npm run soak`. */
export interface Proof {
  /** As named on the command line. */
  name: string
  /** What holds when it passes. */
  claim: string
  /** Runs it. What it returns is a line for the record, e.g. rows and seconds. @throws if it fails */
  run: () => Promise<string>
}
