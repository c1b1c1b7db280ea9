import { createHash } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { policyOf, withPagePolicy } from './content-security-policy.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function get(listener: RequestListener, headers: Record<string, string> = { accept: 'text/html' }) {
  const server = createServer((request, response) => {
    withPagePolicy(request, response)
    listener(request, response)
  }).listen(0, '127.0.0.1')
  closing.push(() => server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { headers })
  return { headers: response.headers, status: response.status, text: await response.text() }
}

const hash = (script: string) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`

describe('policy of a page', () => {
  test('names the inline scripts that the server wrote, and no other', () => {
    const policy = policyOf('<script>let a = 1</script><script src="/x.js" async></script><script id="b">b()</script>')
    expect(policy).toContain(`script-src 'self' ${hash('let a = 1')} ${hash('b()')};`)
    expect(policy).not.toContain("script-src 'self' 'unsafe-inline'")
  })

  test('stands in the head of a page that was written in pieces, Korean text and all', async () => {
    const { headers, status, text } = await get((_, response) => {
      response.writeHead(203, { 'content-type': 'text/html; charset=utf-8', 'x-kept': 'yes' })
      response.write('<p>안녕')
      response.write(Buffer.from('하세요</p><script>'))
      response.end('go()</script>')
    })
    expect([status, text]).toEqual([203, '<p>안녕하세요</p><script>go()</script>'])
    expect(headers.get('content-security-policy')).toContain(hash('go()'))
    expect(headers.get('x-kept')).toBe('yes')
  })

  test('a large page is compressed for who can read that', async () => {
    const page: RequestListener = (_, response) => {
      response.setHeader('content-type', 'text/html')
      response.end('<p>x</p>'.repeat(1000))
    }
    const zipped = await get(page, { accept: 'text/html', 'accept-encoding': 'gzip' })
    expect(zipped.headers.get('content-encoding')).toBe('gzip')
    expect(zipped.text).toHaveLength(8000)
    const plain = await get(page, { accept: 'text/html', 'accept-encoding': 'identity' })
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(plain.text).toHaveLength(8000)
  })

  test('what is no page passes as it comes', async () => {
    const { headers, text } = await get((_, response) => {
      response.writeHead(200, { 'content-type': 'text/x-component' })
      response.write('one ')
      response.end('two')
    })
    expect(text).toBe('one two')
    expect(headers.get('content-security-policy')).toBeNull()
    expect(headers.get('transfer-encoding')).toBe('chunked')
  })

  test('an answer without a body', async () => {
    const { status, text } = await get((_, response) => {
      response.writeHead(404, { 'x-why': 'gone' })
      response.end()
    })
    expect([status, text]).toEqual([404, ''])
  })
})
