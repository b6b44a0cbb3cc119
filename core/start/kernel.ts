import server from '@adonisjs/core/services/server'

server.errorHandler(() => import('#shared/http/exception_handler'))
server.use([
  () => import('#shared/middleware/request_id_middleware'),
  () => import('#shared/middleware/request_log_middleware'),
  () => import('#shared/middleware/security_headers_middleware'),
])
