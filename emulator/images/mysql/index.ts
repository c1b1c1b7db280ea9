import { defineImage } from '../../node/image.ts'
import { DEBIAN } from '../program-sets.ts'
import { mysqlAdmin, mysqlClient } from './client.ts'
import { MARIADB, MYSQL } from './flavor.ts'
import { mysqlEntrypoint, mysqlServer } from './server.ts'

const NEWEST: ReadonlyMap<string, string> = new Map([
  ['5.6', '5.6.51'],
  ['5.7', '5.7.44'],
  ['5', '5.7.44'],
  ['8', '8.4.7'],
  ['8.0', '8.0.44'],
  ['8.4', '8.4.7'],
  ['lts', '8.4.7'],
  ['9', '9.5.0'],
  ['10', '10.11.15'],
  ['11', '11.8.5'],
  ['12', '12.1.2'],
])

/** A full version for a tag. */
function versionOf(tag: string, latest: string): string {
  const wanted = /^\d+(\.\d+)*/.exec(tag)?.[0] ?? tag
  if (/^\d+\.\d+\.\d+$/.test(wanted)) return wanted
  return NEWEST.get(wanted) ?? (/^\d+\.\d+$/.test(wanted) ? `${wanted}.1` : latest)
}

const own = {
  entrypoint: ['docker-entrypoint.sh'],
  files: { '/var/lib/mysql': { directory: true }, '/docker-entrypoint-initdb.d': { directory: true } },
  programs: DEBIAN.filter((name) => !name.startsWith('apt') && name !== 'dpkg'),
} as const

/** The official MySQL image: it wants a root password, takes its time, then keeps databases. */
export const mysql = defineImage({
  ...own,
  repository: 'docker.io/library/mysql',
  tags: [
    'latest',
    'lts',
    'innovation',
    'oracle',
    /^(5(\.[67](\.\d+)?)?|8(\.\d+){0,2}|9(\.\d+){0,2})(-(oracle|debian|oraclelinux\d))?$/,
  ],
  sizeBytes: 255_000_000,
  usage: { cpuMilli: 7, memoryBytes: 372_000_000, cpuMsPerRequest: 2 },
  command: ['mysqld'],
  servers: [
    mysqlEntrypoint('docker-entrypoint.sh', MYSQL),
    mysqlServer(MYSQL),
    mysqlClient('mysql', MYSQL),
    mysqlAdmin('mysqladmin', MYSQL),
  ],
  byTag: (tag) => ({ env: [['MYSQL_VERSION', `${versionOf(tag, '9.5.0')}-1.el${tag.startsWith('5') ? 7 : 9}`]] }),
})

/** The official MariaDB image. */
export const mariadb = defineImage({
  ...own,
  repository: 'docker.io/library/mariadb',
  tags: ['latest', 'lts', /^1[0-2](\.\d+){0,2}(-(jammy|noble|focal|ubi\d?))?$/],
  sizeBytes: 116_000_000,
  usage: { cpuMilli: 5, memoryBytes: 98_000_000, cpuMsPerRequest: 2 },
  command: ['mariadbd'],
  servers: [
    mysqlEntrypoint('docker-entrypoint.sh', MARIADB),
    mysqlServer(MARIADB),
    mysqlClient('mariadb', MARIADB),
    mysqlAdmin('mariadb-admin', MARIADB),
  ],
  byTag: (tag) => ({ env: [['MARIADB_VERSION', `1:${versionOf(tag, '12.1.2')}+maria~ubu2404`]] }),
})
