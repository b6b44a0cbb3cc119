import { useInvitationDesk } from '#accounts/public'
import accounts from '#accounts/routes'
import { accessRules, invitationDesk } from '#projects/public'
import projects from '#projects/routes'
import health from '#shared/health/routes'
import { useAccessRules } from '#shared/http/access'
import { showDocument } from '#shared/http/describe_endpoint'
import { mount } from '#shared/http/mount'

// Lower domains name what they need of higher ones; here they get it.
useAccessRules(accessRules)
useInvitationDesk(invitationDesk)

mount(health)
mount([showDocument])
mount(accounts)
mount(projects)
