/**
 * Writes docs/network.md: what the network does, and the tests that prove it.
 *   node scripts/run.mjs network.ts
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { networkPage } from './network/page.ts'

const ROOT = join(import.meta.dirname, '..')

const { text, problems } = networkPage(ROOT)
for (const problem of problems) console.error(problem)
writeFileSync(join(ROOT, 'docs', 'network.md'), text)
process.exit(problems.length === 0 ? 0 : 1)
