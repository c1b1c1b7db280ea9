// Runs a TypeScript script after set-up: node scripts/run.mjs replay.ts …
import { setUp } from './setup.mjs'

const [script] = process.argv.splice(2, 1)
setUp()
const { register } = await import('tsx/esm/api')
register()
await import(`./${script}`)
