// `npm start` and `npm run dev`: set-up, then the server, in one process, so that signals meet no one in between.
//   node scripts/start.mjs [--dev]
import { setUp } from './setup.mjs'

const dev = process.argv.includes('--dev')
setUp(...(dev ? [] : ['build']))
process.env.NODE_ENV = dev ? 'development' : 'production'
process.env.NEXT_TELEMETRY_DISABLED ??= '1'
const { register } = await import('tsx/esm/api')
register()
await import('../server/index.ts')
