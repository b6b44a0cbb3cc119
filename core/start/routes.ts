import { useInvitationDesk } from '#accounts/public'
import accounts from '#accounts/routes'
import { accessRules, invitationDesk } from '#projects/public'
import projects from '#projects/routes'
import identity from '#identity/routes'
import measurement from '#measurement/routes'
import reports from '#reports/routes'
import { loadSources, removeUploadsWithOwners, useComplianceDesk } from '#connections/public'
import connections from '#connections/routes'
import { carryOut, followChanges } from '#ingestion/public'
import { carryOutRequest, reapRequests, vendorDemands } from '#privacy/public'
import privacy from '#privacy/routes'
import logger from '@adonisjs/core/services/logger'
import router from '@adonisjs/core/services/router'
import health from '#shared/health/routes'
import { useAccessRules } from '#shared/http/access'
import { showDocument } from '#shared/http/describe_endpoint'
import { mount } from '#shared/http/mount'
import { describeOutbound } from '#shared/outbound/settings'
import { showDocs, showDocsAsset } from '#shared/web/docs'
import { serveWebApp } from '#shared/web/serve_web_app'

// Lower domains name what they need of higher ones; here they get it.
useAccessRules(accessRules)
useInvitationDesk(invitationDesk)
removeUploadsWithOwners()
followChanges()
carryOut({
  privacy_request: ({ request_id: requestId }) => carryOutRequest(requestId),
  reap_privacy: () => reapRequests(),
})
useComplianceDesk(vendorDemands)
await loadSources()
for (const line of describeOutbound()) logger.warn(line)

mount(health)
mount([showDocument, showDocs, showDocsAsset])
mount(accounts)
mount(projects)
mount(connections)
mount(measurement)
mount(identity)
mount(reports)
mount(privacy)

// Last: it takes whatever is left.
router.get('/*', serveWebApp)
