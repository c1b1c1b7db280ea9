import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { ensureLearnerCookie, learnerToken } from './cookie.ts'

const TOKEN = 'a'.repeat(43)

function exchange(cookie?: string) {
  const request = new IncomingMessage(new Socket())
  if (cookie !== undefined) request.headers.cookie = cookie
  return { request, response: new ServerResponse(request) }
}

describe("the learner's cookie", () => {
  test('is given to who has none, in the answer and in the request', () => {
    const { request, response } = exchange('theme=dark')
    ensureLearnerCookie(request, response, false)
    response.setHeader('set-cookie', 'locale=ko')
    response.setHeader('cache-control', 's-maxage=31536000')
    response.writeHead(200)
    const cookies = response.getHeader('set-cookie')
    expect(response.getHeader('cache-control')).toBe('private, no-store')
    const token = learnerToken(request.headers.cookie)
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(request.headers.cookie).toContain('theme=dark')
    expect(cookies).toEqual([
      'locale=ko',
      expect.stringMatching(new RegExp(`^slipway_learner=${token}; Path=/; Max-Age=\\d+; HttpOnly; SameSite=Lax$`)),
    ])
  })

  test('is Secure under https', () => {
    const { request, response } = exchange()
    ensureLearnerCookie(request, response, true)
    response.writeHead(200)
    expect(String(response.getHeader('set-cookie'))).toMatch(/; Secure$/)
  })

  test('stays as it is', () => {
    const { request, response } = exchange(`a=b; slipway_learner=${TOKEN}`)
    ensureLearnerCookie(request, response, false)
    response.writeHead(200)
    expect(response.getHeader('set-cookie')).toBeUndefined()
    expect(learnerToken(request.headers.cookie)).toBe(TOKEN)
  })

  test.each(['slipway_learner=short', `slipway_learner=${TOKEN}x`, `xslipway_learner=${TOKEN}`, 'slipway_learner='])(
    'is replaced when malformed: %s',
    (cookie) => {
      const { request, response } = exchange(cookie)
      ensureLearnerCookie(request, response, false)
      expect(learnerToken(request.headers.cookie)).toMatch(/^[\w-]{43}$/)
      expect(request.headers.cookie?.match(/(^|; )slipway_learner=/g)).toHaveLength(1)
    },
  )
})
