import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { LEARNER_COOKIE } from './data/session.ts'

const TEN_YEARS = 10 * 365 * 24 * 3600
const VALID = new RegExp(`(?:^|;\\s*)${LEARNER_COOKIE}=([A-Za-z0-9_-]{43})(?:;|$)`)

/** The learner's token in a Cookie header, if it has the right shape. */
export function learnerToken(cookieHeader: string | undefined): string | undefined {
  return VALID.exec(cookieHeader ?? '')?.[1]
}

/**
 * Gives a request without a learner's cookie one, in the answer and in the request itself, so that the very first page
 * already has a learner.
 */
export function ensureLearnerCookie(request: IncomingMessage, response: ServerResponse, secure: boolean): void {
  if (learnerToken(request.headers.cookie)) return
  const pair = `${LEARNER_COOKIE}=${randomBytes(32).toString('base64url')}`
  const others = (request.headers.cookie ?? '')
    .split(';')
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie && !cookie.startsWith(`${LEARNER_COOKIE}=`))
  request.headers.cookie = [...others, pair].join('; ')
  const attributes = `Path=/; Max-Age=${TEN_YEARS}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  beforeHead(response, () => {
    // Added last, since Next replaces the list of cookies that stood there before its own; and kept out of shared caches,
    // which would hand one learner's cookie to the next.
    response.appendHeader('Set-Cookie', `${pair}; ${attributes}`)
    response.setHeader('Cache-Control', 'private, no-store')
  })
}

function beforeHead(response: ServerResponse, change: () => void): void {
  const writeHead = response.writeHead
  response.writeHead = function (this: ServerResponse, ...args: unknown[]) {
    change()
    return Reflect.apply(writeHead, this, args)
  }
}
