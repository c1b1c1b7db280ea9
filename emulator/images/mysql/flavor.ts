import type { ContainerProcess } from '../../node/programs/program.ts'
import type { Flavor } from '../sql/engine.ts'

/** What differs between MySQL and MariaDB. */
export interface Brand {
  readonly name: 'MySQL' | 'MariaDB'
  /** `mysqld`, `mariadbd` */
  readonly server: string
  /** Prefixes of the environment variables of the entrypoint, the wanted one first. */
  readonly prefixes: readonly string[]
  version(process: { readonly env: ReadonlyMap<string, string> }): string
  /** With the package's own part: `9.5.0-1.el9`. */
  packaged(process: { readonly env: ReadonlyMap<string, string> }): string
}

export const MYSQL: Brand = {
  name: 'MySQL',
  server: 'mysqld',
  prefixes: ['MYSQL'],
  version: ({ env }) => (env.get('MYSQL_VERSION') ?? '9.5.0').replace(/-.*$/, ''),
  packaged: ({ env }) => env.get('MYSQL_VERSION') ?? '9.5.0',
}

export const MARIADB: Brand = {
  name: 'MariaDB',
  server: 'mariadbd',
  prefixes: ['MARIADB', 'MYSQL'],
  version: ({ env }) => (env.get('MARIADB_VERSION') ?? '12.1.2').replace(/^1:|\+.*$/g, ''),
  packaged: ({ env }) => env.get('MARIADB_VERSION') ?? '12.1.2',
}

/** A variable of the entrypoint, whose value may stand in a file (`…_FILE`). */
export function variable(process: ContainerProcess, { prefixes }: Brand, name: string): string {
  for (const prefix of prefixes) {
    const file = process.env.get(`${prefix}_${name}_FILE`)
    const value =
      process.env.get(`${prefix}_${name}`) ?? (file === undefined ? undefined : process.files.read(file)?.trim())
    if (value !== undefined && value !== '') return value
  }
  return ''
}

export function sqlFlavor(process: ContainerProcess, brand: Brand): Flavor {
  const version = brand.version(process) + (brand.name === 'MariaDB' ? '-MariaDB' : '')
  return {
    version,
    constants: (user, database) =>
      new Map([
        ['version()', version],
        ['@@version', version],
        ['@@hostname', process.hostname],
        ['@@server_id', serverId(process)],
        ['user()', `${user}@%`],
        ['current_user()', `${user}@%`],
        ['current_user', `${user}@%`],
        ['database()', database || 'NULL'],
        ['now()', new Date(process.now()).toISOString().slice(0, 19).replace('T', ' ')],
        ['curdate()', new Date(process.now()).toISOString().slice(0, 10)],
        ['@@datadir', '/var/lib/mysql/'],
        ['@@port', '3306'],
      ]),
  }
}

/** `server-id=101` of a file in conf.d, as replicated set-ups write it. */
function serverId({ files }: ContainerProcess): string {
  const texts = files.list('/etc/mysql/conf.d').map((name) => files.read(`/etc/mysql/conf.d/${name}`) ?? '')
  return /^\s*server[-_]id\s*=\s*(\d+)/m.exec(texts.join('\n'))?.[1] ?? '1'
}
