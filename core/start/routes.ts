import { showDocument } from '#shared/http/describe_endpoint'
import { mount } from '#shared/http/mount'
import health from '#shared/health/routes'

mount(health)
mount([showDocument])
