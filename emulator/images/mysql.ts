import { defineImage } from '../node/image.ts'
import type { ContainerProcess } from '../node/programs/program.ts'
import { DEBIAN } from './program-sets.ts'
import { entrypointScript, textServer } from './servers.ts'

const VERSION = '9.5.0'

function stamp(process: ContainerProcess): string {
  return `${new Date(process.now()).toISOString().slice(0, 19)}.000000Z`
}

function refuse(process: ContainerProcess): string | undefined {
  const given = ['MYSQL_ROOT_PASSWORD', 'MYSQL_ALLOW_EMPTY_PASSWORD', 'MYSQL_RANDOM_ROOT_PASSWORD']
  if (given.some((name) => (process.env.get(name) ?? '') !== '')) return undefined
  const at = new Date(process.now()).toISOString().slice(0, 19)
  return `${at}+00:00 [ERROR] [Entrypoint]: Database is uninitialized and password option is not specified\n    You need to specify one of the following as an environment variable:\n    - MYSQL_ROOT_PASSWORD\n    - MYSQL_ALLOW_EMPTY_PASSWORD\n    - MYSQL_RANDOM_ROOT_PASSWORD\n`
}

/** The official MySQL image: it wants a root password, takes its time, then listens. */
export const mysql = defineImage({
  repository: 'docker.io/library/mysql',
  tags: ['latest', 'lts', 'innovation', /^(5\.[67]|8(\.\d+){0,2}|9(\.\d+){0,2})$/],
  sizeBytes: 255_000_000,
  usage: { cpuMilli: 7, memoryBytes: 372_000_000, cpuMsPerRequest: 2 },
  entrypoint: ['docker-entrypoint.sh'],
  command: ['mysqld'],
  env: [['MYSQL_VERSION', VERSION]],
  servers: [
    textServer({
      name: 'mysqld',
      port: 3306,
      startSeconds: 5,
      refuse,
      startLog: (process) => [
        `${stamp(process)} 0 [System] [MY-010116] [Server] /usr/sbin/mysqld (mysqld ${VERSION}) starting as process 1`,
        `${stamp(process)} 1 [System] [MY-013577] [InnoDB] InnoDB initialization has ended.`,
        `${stamp(process)} 0 [System] [MY-010931] [Server] /usr/sbin/mysqld: ready for connections. Version: '${VERSION}'  socket: '/var/run/mysqld/mysqld.sock'  port: 3306  MySQL Community Server - GPL.`,
      ],
      reply: () => `J\u0000\u0000\u0000\n${VERSION}\u0000`,
    }),
    entrypointScript('docker-entrypoint.sh'),
  ],
  programs: [...DEBIAN.filter((name) => !name.startsWith('apt') && name !== 'dpkg'), 'mysql', 'mysqladmin'],
})
