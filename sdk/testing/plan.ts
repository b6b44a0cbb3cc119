import type { SourceDefinition, Stream } from '../src/index.ts'
import { ContractFailure, nameOf } from './failure.ts'
import type { NetworkGuard } from './network_guard.ts'
import type { ContractSpec, StreamSpec } from './spec.ts'
import { World } from './world.ts'

/** A source and what its author says of the vendor. */
export class Plan {
  readonly source: SourceDefinition
  readonly spec: ContractSpec

  constructor(source: SourceDefinition, spec: ContractSpec) {
    this.source = source
    this.spec = spec
  }

  /** The same with other uploads. */
  withFiles(files: ContractSpec['files']): Plan {
    if (files === undefined) return this
    return new Plan(this.source, { ...this.spec, files: { ...this.spec.files, ...files } })
  }

  /** A new world for a scenario. */
  world(settings?: Record<string, unknown>): World {
    return new World(this.source, this.spec, settings)
  }

  /** Names of the streams that run with the settings of the contract. */
  get streams(): [string, Stream][] {
    return this.world().streams
  }

  /** How rows of a stream are made. @throws ContractFailure if the author has forgotten it */
  specOf(name: string): StreamSpec {
    const spec = this.spec.streams?.[name]
    if (spec !== undefined) return spec
    throw new ContractFailure(`“streams.${name}” of the contract has to say how rows are made`)
  }

  /** The vendor's answers are a recording, or files: nothing changes at the vendor. */
  get isRecorded(): boolean {
    return this.spec.streams === undefined
  }

  /** Tries a contract with each stream that runs. @throws ContractFailure with the stream's name */
  async eachStream(attempt: (name: string, stream: Stream) => Promise<void>): Promise<void> {
    for (const [name, stream] of this.streams) {
      try {
        await attempt(name, stream)
      } catch (error) {
        throw new ContractFailure(`${name}: ${nameOf(error)}`, { cause: error })
      }
    }
  }
}

/** One of the ten contracts. */
export interface Contract {
  id: string
  title: string
  /** Why it does not apply; absent: it does. */
  exempt?(plan: Plan): string | undefined
  /** @throws ContractFailure */
  run(plan: Plan, guard: NetworkGuard): Promise<void>
}
