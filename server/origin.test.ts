import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { isOwnOrigin, isSecure } from './origin.ts'

function request(headers: Record<string, string>) {
  const message = new IncomingMessage(new Socket())
  Object.assign(message.headers, headers)
  return message
}
const direct = { trustProxy: false, allowedOrigins: [] }
const proxied = { trustProxy: true, allowedOrigins: ['https://cohort.example'] }

describe('origin of a WebSocket', () => {
  test.each([
    ['our own page', { host: 'localhost:3000', origin: 'http://localhost:3000' }, direct, true],
    ['another site', { host: 'localhost:3000', origin: 'https://evil.example' }, direct, false],
    ['another port', { host: 'localhost:3000', origin: 'http://localhost:3001' }, direct, false],
    ['no browser', { host: 'localhost:3000' }, direct, false],
    ['a sandboxed frame', { host: 'localhost:3000', origin: 'null' }, direct, false],
    ['a forged forwarded host', { host: 'a', origin: 'http://b', 'x-forwarded-host': 'b' }, direct, false],
    ['behind a proxy', { host: 'a', origin: 'https://b', 'x-forwarded-host': 'b, a' }, proxied, true],
    ['an allowed origin', { host: 'a', origin: 'https://cohort.example' }, proxied, true],
  ] as const)('%s', (_, headers, settings, allowed) => {
    expect(isOwnOrigin(request(headers), settings)).toBe(allowed)
  })

  test('https is believed from a trusted proxy only', () => {
    expect(isSecure(request({ 'x-forwarded-proto': 'https' }), direct)).toBe(false)
    expect(isSecure(request({ 'x-forwarded-proto': 'https' }), proxied)).toBe(true)
  })
})
