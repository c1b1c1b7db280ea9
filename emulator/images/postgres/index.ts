import { defineImage } from '../../node/image.ts'
import { ALPINE, DEBIAN } from '../program-sets.ts'
import { pgIsReady, psql } from './client.ts'
import { postgresEntrypoint, postgresServer } from './server.ts'

const NEWEST: ReadonlyMap<string, string> = new Map([
  ['18', '18.1'],
  ['17', '17.7'],
  ['16', '16.11'],
  ['15', '15.15'],
  ['14', '14.20'],
  ['13', '13.23'],
  ['12', '12.22'],
  ['11', '11.22'],
  ['10', '10.23'],
])

/** The official PostgreSQL image: it wants a password, then keeps databases. */
export const postgres = defineImage({
  repository: 'docker.io/library/postgres',
  tags: [
    'latest',
    'alpine',
    'bookworm',
    'trixie',
    /^(9\.[3-6](\.\d+)?|1[0-8])(\.\d+)?(-(alpine|bookworm|trixie|bullseye)[\d.]*)?$/,
  ],
  sizeBytes: 160_000_000,
  usage: { cpuMilli: 2, memoryBytes: 28_000_000, cpuMsPerRequest: 2 },
  entrypoint: ['docker-entrypoint.sh'],
  command: ['postgres'],
  files: { '/docker-entrypoint-initdb.d': { directory: true } },
  servers: [postgresServer, postgresEntrypoint, psql, pgIsReady],
  programs: DEBIAN,
  byTag(tag) {
    const wanted = /^\d+(\.\d+)?/.exec(tag)?.[0] ?? '18'
    const version = NEWEST.get(wanted) ?? wanted
    const data = Number(version.split('.')[0]) >= 18 ? '/var/lib/postgresql/18/docker' : '/var/lib/postgresql/data'
    const own = {
      env: [
        ['PG_MAJOR', version.split('.')[0] ?? ''],
        ['PG_VERSION', version],
        ['PGDATA', data],
      ] as const,
      files: { [data]: { directory: true } as const },
    }
    return tag.includes('alpine') ? { ...own, sizeBytes: 110_000_000, programs: ALPINE } : own
  },
})
