/** What a lesson costs before its terminal is used: the scripts its page names, as a browser of today loads them. */
import { gzipSync } from 'node:zlib'
import { type APIRequestContext, expect, test } from '@playwright/test'

/** Bytes after gzip that a lesson's page may ship. */
const BUDGET = 200_000

/** Bytes after gzip of all scripts in a page's HTML. Those for browsers without modules are loaded by none of them. */
async function scriptsOf(request: APIRequestContext, address: string): Promise<number> {
  const html = await (await request.get(address)).text()
  const tags = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"[^>]*>/g)].filter(([tag]) => !/\bnomodule\b/i.test(tag))
  const sources = [...new Set(tags.map(([, source = '']) => source))]
  const sizes = await Promise.all(
    sources.map(async (source) => gzipSync(await (await request.get(source)).body()).byteLength),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

for (const address of ['/ko/lessons/nodeport', '/en/lessons/why-services', '/ko/lessons/ingress-paths', '/ko'])
  test(`${address} ships at most ${BUDGET / 1000} kB of scripts`, async ({ request }, { annotations }) => {
    const bytes = await scriptsOf(request, address)
    annotations.push({ type: 'scripts', description: `${(bytes / 1000).toFixed(1)} kB` })
    console.log(`${address}: ${(bytes / 1000).toFixed(1)} kB of scripts after gzip`)
    expect(bytes).toBeGreaterThan(50_000)
    expect(bytes).toBeLessThanOrEqual(BUDGET)
  })
