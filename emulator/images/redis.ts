import { defineImage } from '../node/image.ts'
import { ALPINE, DEBIAN } from './program-sets.ts'
import { entrypointScript, textServer } from './servers.ts'

const VERSION = '8.2.2'

const server = textServer({
  name: 'redis-server',
  port: 6379,
  startLog(process) {
    const time = new Date(process.now())
      .toUTCString()
      .replace(/^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1 $2 $3 $4.000')
    return [
      `1:C ${time} * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo`,
      `1:C ${time} * Redis version=${VERSION}, bits=64, commit=00000000, modified=1, pid=1, just started`,
      `1:C ${time} # Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf`,
      `1:M ${time} * monotonic clock: POSIX clock_gettime`,
      `1:M ${time} * Running mode=standalone, port=6379.`,
      `1:M ${time} * Server initialized`,
      `1:M ${time} * Ready to accept connections tcp`,
    ]
  },
  reply: (_, text) =>
    /^\s*ping\s*$/i.test(text) ? '+PONG\r\n' : '-ERR unknown command, with args beginning with: \r\n',
})

/** The official Redis image: it listens and answers PING. */
export const redis = defineImage({
  repository: 'docker.io/library/redis',
  tags: ['latest', 'alpine', 'bookworm', 'trixie', /^[678](\.\d+){0,2}(-(alpine|bookworm|trixie))?$/],
  sizeBytes: 52_500_000,
  usage: { cpuMilli: 3, memoryBytes: 4_800_000, cpuMsPerRequest: 1 },
  entrypoint: ['docker-entrypoint.sh'],
  command: ['redis-server'],
  workingDir: '/data',
  env: [['REDIS_VERSION', VERSION]],
  servers: [server, entrypointScript('docker-entrypoint.sh')],
  programs: [...DEBIAN, 'redis-cli'],
  byTag: (tag) => (tag.includes('alpine') ? { sizeBytes: 29_000_000, programs: [...ALPINE, 'redis-cli'] } : {}),
})
