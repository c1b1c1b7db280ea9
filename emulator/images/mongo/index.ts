import { defineImage } from '../../node/image.ts'
import { DEBIAN } from '../program-sets.ts'
import { mongosh } from './mongosh.ts'
import { mongod, mongoEntrypoint } from './server.ts'

const NEWEST: ReadonlyMap<string, string> = new Map([
  ['4', '4.4.29'],
  ['4.4', '4.4.29'],
  ['5', '5.0.32'],
  ['5.0', '5.0.32'],
  ['6', '6.0.26'],
  ['6.0', '6.0.26'],
  ['7', '7.0.25'],
  ['7.0', '7.0.25'],
  ['8', '8.2.1'],
  ['8.0', '8.0.15'],
])

/** The official MongoDB image. */
export const mongo = defineImage({
  repository: 'docker.io/library/mongo',
  tags: ['latest', 'noble', 'jammy', /^(3\.[46]|[4-8](\.\d+)?)(\.\d+)?(-(noble|jammy|focal|bionic|xenial|rc\d))?$/],
  sizeBytes: 314_000_000,
  usage: { cpuMilli: 6, memoryBytes: 152_000_000, cpuMsPerRequest: 2 },
  entrypoint: ['docker-entrypoint.sh'],
  command: ['mongod'],
  files: { '/data/db': { directory: true }, '/data/configdb': { directory: true } },
  servers: [mongoEntrypoint, mongod, mongosh, { ...mongosh, name: 'mongo' }],
  programs: DEBIAN,
  byTag(tag) {
    const wanted = /^\d+(\.\d+){0,2}/.exec(tag)?.[0] ?? '8'
    return { env: [['MONGO_VERSION', NEWEST.get(wanted) ?? (/^\d+\.\d+$/.test(wanted) ? `${wanted}.1` : wanted)]] }
  },
})
