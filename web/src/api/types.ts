/** The shapes the screens work with, taken from the API's own description and nowhere else. */
import type { components, paths } from './schema.d.ts'

type Schemas = components['schemas']
type Body<Operation> = Operation extends {
  requestBody?: { content: { 'application/json': infer Json } }
}
  ? Json
  : never

export type User = Schemas['User']
export type MePatch = Body<paths['/api/v1/me']['patch']>
export type Project = Schemas['Project']
export type NewProject = Body<paths['/api/v1/projects']['post']>
export type ProjectPatch = Body<paths['/api/v1/projects/{project_id}']['patch']>
export type Member = Schemas['Member']
export type Source = Schemas['Source']
export type Integration = Schemas['Integration']
export type NewIntegration = Body<paths['/api/v1/projects/{project_id}/integrations']['post']>
export type IntegrationPatch = Body<
  paths['/api/v1/projects/{project_id}/integrations/{integration_id}']['patch']
>
export type Run = Schemas['Run']
export type RunRequest = Body<
  paths['/api/v1/projects/{project_id}/integrations/{integration_id}/sync']['post']
>
export type Check = Schemas['Check']
export type Option = Schemas['Option']
export type RunLogLine = Schemas['RunLogLine']
export type RunError = Schemas['RunError']
export type Import = Schemas['Import']
export type KpiRequest = Schemas['KpiRequestInput']
export type KpiAnswer = Schemas['KpiReport']
export type KpiRow = KpiAnswer['data'][number]
export type Granularity = NonNullable<KpiRequest['granularity']>
export type Compare = NonNullable<KpiRequest['compare']>
export type KpiFilter = NonNullable<KpiRequest['filters']>[number]
export type JourneysRequest = Schemas['JourneysRequestInput']
export type JourneysReport = Schemas['JourneysReport']
export type PersonSummary = Schemas['PersonSummary']
export type PersonTimeline = Schemas['PersonTimeline']
export type PersonEvent = Schemas['PersonEvent']
export type Person = Schemas['Person']
export type IdentityNode = Schemas['IdentityNode']
export type IdentityEdge = Schemas['IdentityEdge']
export type AttributionRequest = Schemas['AttributionRequestInput']
export type AttributionReport = Schemas['AttributionReport']
export type CreditsRequest = Body<
  paths['/api/v1/projects/{project_id}/reports/attribution/credits']['post']
>
export type CreditsPage = Schemas['CreditsPage']
export type CreditRow = CreditsPage['data'][number]
export type OrderExplanation = Schemas['OrderExplanation']
export type ExplainedOrder = OrderExplanation['data']
export type OrderTouch = ExplainedOrder['touches'][number]
export type OrderModel = ExplainedOrder['models'][number]
export type AttributionRow = AttributionReport['data'][number]
export type AttributionSettings = Schemas['AttributionSettings']
export type ChannelRules = Schemas['ChannelRules']
export type ChannelRule = Schemas['ChannelRule']
export type ChannelRulesBody = Body<paths['/api/v1/projects/{project_id}/channel_rules']['put']>
export type ChannelTrial = Schemas['ChannelTrialInput']
export type ChannelDecision = Schemas['ChannelDecision']
export type CampaignMapping = Schemas['CampaignMapping']
export type NewCampaignMapping = Body<
  paths['/api/v1/projects/{project_id}/campaign_mappings']['post']
>
export type SpendWithoutVisits = Schemas['SpendWithoutVisits']
export type VisitsWithoutSpend = Schemas['VisitsWithoutSpend']
export type IdentitySplit = Schemas['IdentitySplit']
export type BlockedIdentifier = Schemas['BlockedIdentifier']
export type PersonFound = Schemas['PersonFound']
export type PersonAlias = Schemas['PersonAliasInput']
export type PersonExport = Schemas['PersonExport']
export type PersonErasure = Schemas['PersonErasure']
