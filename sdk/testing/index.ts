/**
 * @analyticaflow/sdk/testing: the contract kit. It tries a source against a fake vendor, with the
 * kit's clock, network and credentials; see docs/write-a-connector.md.
 *
 * @packageDocumentation
 */
export { cassette } from './cassette.ts'
export { contract, type ContractTest } from './contract.ts'
export { ContractFailure } from './failure.ts'
export type {
  BadCase,
  ContractSpec,
  FileSpec,
  StreamSpec,
  Tables,
  VendorReply,
  VendorRequest,
  VendorRow,
  WebhookSpec,
} from './spec.ts'
