import { defineImage } from '../../node/image.ts'
import type { ContainerProgram, Run } from '../../node/programs/program.ts'
import { ALPINE, DEBIAN } from '../program-sets.ts'
import { redisCli } from './redis-cli.ts'
import { redisServer } from './server.ts'

const NEWEST: ReadonlyMap<string, string> = new Map([
  ['', '8.2.2'],
  ['8', '8.2.2'],
  ['7', '7.4.6'],
  ['6', '6.2.20'],
  ['5', '5.0.14'],
])

/** The image's entrypoint: options and `.conf` files are arguments for redis-server. */
const entrypoint: ContainerProgram = {
  name: 'docker-entrypoint.sh',
  *run(process): Run {
    const words = process.argv.slice(1)
    const [first = ''] = words
    const argv = first.startsWith('-') || first.endsWith('.conf') ? ['redis-server', ...words] : words
    const program = process.programs.get(argv[0] ?? '')
    if (program !== undefined) return yield* program.run({ ...process, argv })
    process.err(`/usr/local/bin/docker-entrypoint.sh: 22: exec: ${argv[0]}: not found\n`)
    return 127
  },
}

/** The official Redis image: a server that keeps what it is given, and its client. */
export const redis = defineImage({
  repository: 'docker.io/library/redis',
  tags: [
    'latest',
    'alpine',
    'bookworm',
    'trixie',
    /^[5678](\.\d+){0,2}(-(alpine|bookworm|trixie|bullseye|buster)[\d.]*)?$/,
  ],
  sizeBytes: 52_500_000,
  usage: { cpuMilli: 3, memoryBytes: 4_800_000, cpuMsPerRequest: 1 },
  entrypoint: ['docker-entrypoint.sh'],
  command: ['redis-server'],
  workingDir: '/data',
  files: { '/data': { directory: true } },
  servers: [redisServer, redisCli, entrypoint],
  programs: DEBIAN,
  byTag(tag) {
    const wanted = /^\d+(\.\d+){0,2}/.exec(tag)?.[0] ?? ''
    const version = /^\d+\.\d+\.\d+$/.test(wanted) ? wanted : (NEWEST.get(wanted) ?? `${wanted}.1`)
    const own = { env: [['REDIS_VERSION', version]] as const }
    return tag.includes('alpine') ? { ...own, sizeBytes: 29_000_000, programs: ALPINE } : own
  },
})
