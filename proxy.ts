import createMiddleware from 'next-intl/middleware'
import { routing } from './i18n/routing.ts'

/** Sends every page to its language; files, API routes and sockets pass untouched. */
export default createMiddleware(routing)

export const config = { matcher: ['/((?!api|ws|k8s|_next|.*\\..*).*)'] }
