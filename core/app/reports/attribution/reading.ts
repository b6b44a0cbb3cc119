import type { Version } from '#warehouse/public'
import type { Statement } from '../plan/statement.ts'
import { askedOnce } from '../queries/asked_once.ts'
import { runStatement, type Row } from '../queries/run_statement.ts'
import { binder, type Bind, type Known } from './bind.ts'
import type { AttributionPlan } from './plan.ts'

/** A statement that was run, under the name of what it found out. */
export interface NamedStatement extends Statement {
  name: string
}

/** Runs the statements of one report on one state of the data, and keeps them for its explanation. */
export class Reading {
  readonly statements: NamedStatement[] = []
  readonly plan: AttributionPlan
  readonly version: Version
  readonly #bind: Bind
  readonly #queryId: string
  #count = 0

  constructor(plan: AttributionPlan, version: Version, known: Known, queryId: string) {
    this.plan = plan
    this.version = version
    this.#bind = binder(plan, version, known)
    this.#queryId = queryId
  }

  /** Binds a statement, which belongs to the explanation whether or not it has to be run. */
  prepare(name: string, sql: string, values: Record<string, unknown> = {}): NamedStatement {
    const statement = { name, ...this.#bind(sql, values) }
    this.statements.push(statement)
    return statement
  }

  /** @param most rows that it may answer */
  run({ sql, parameters }: Statement, most?: number): Promise<Row[]> {
    this.#count += 1
    return runStatement({ sql, parameters }, `${this.#queryId}-${this.#count}`, most)
  }

  /** The same of a question that many reports ask of one published state. */
  runOnce(statement: Statement, most?: number): Promise<Row[]> {
    return askedOnce(this.version, statement, () => this.run(statement, most))
  }

  /** @param values of parameters that the statement has besides those of the plan */
  read(name: string, sql: string, values: Record<string, unknown> = {}): Promise<Row[]> {
    return this.run(this.prepare(name, sql, values))
  }
}
