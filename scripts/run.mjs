// Runs a TypeScript script after set-up: node scripts/run.mjs replay.ts …
import { fileURLToPath } from 'node:url'
import { setUp } from './setup.mjs'

const [script] = process.argv.splice(2, 1)
const url = new URL(`./${script}`, import.meta.url)
setUp()
const { register } = await import('tsx/esm/api')
register()
// The script sees itself as the program, so that it can tell being run from being imported.
process.argv[1] = fileURLToPath(url)
await import(url.href)
