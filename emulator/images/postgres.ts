import { defineImage } from '../node/image.ts'
import type { ContainerProcess } from '../node/programs/program.ts'
import { ALPINE, DEBIAN } from './program-sets.ts'
import { entrypointScript, textServer } from './servers.ts'

function refuse(process: ContainerProcess): string | undefined {
  if ((process.env.get('POSTGRES_PASSWORD') ?? '') !== '') return undefined
  if (process.env.get('POSTGRES_HOST_AUTH_METHOD') === 'trust') return undefined
  return 'Error: Database is uninitialized and superuser password is not specified.\n       You must specify POSTGRES_PASSWORD to a non-empty value for the\n       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".\n\n       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all\n       connections without a password. This is *not* recommended.\n'
}

/** The official PostgreSQL image: it wants a password, then listens. */
export const postgres = defineImage({
  repository: 'docker.io/library/postgres',
  tags: ['latest', 'alpine', /^(1[2-8])(\.\d+)?(-(alpine|bookworm|trixie))?$/],
  sizeBytes: 160_000_000,
  usage: { cpuMilli: 2, memoryBytes: 28_000_000, cpuMsPerRequest: 2 },
  entrypoint: ['docker-entrypoint.sh'],
  command: ['postgres'],
  servers: [
    textServer({
      name: 'postgres',
      port: 5432,
      startSeconds: 2,
      refuse,
      startLog(process) {
        const at = new Date(process.now()).toISOString().replace('T', ' ').replace('Z', ' UTC')
        return [
          `${at} [1] LOG:  listening on IPv4 address "0.0.0.0", port 5432`,
          `${at} [1] LOG:  listening on Unix socket "/var/run/postgresql/.s.PGSQL.5432"`,
          `${at} [1] LOG:  database system is ready to accept connections`,
        ]
      },
    }),
    entrypointScript('docker-entrypoint.sh'),
  ],
  programs: [...DEBIAN, 'psql', 'pg_isready'],
  byTag: (tag) =>
    tag.includes('alpine') ? { sizeBytes: 110_000_000, programs: [...ALPINE, 'psql', 'pg_isready'] } : {},
})
