import { FileError } from '../node/file-error.ts'
import type { ContainerProcess } from '../node/programs/program.ts'
import { DEFAULT_SITE } from './nginx-pages.ts'

const SITE = '/etc/nginx/conf.d/default.conf'
const TEMPLATES = '/etc/nginx/templates'

/** What the entrypoint's scripts do and say before nginx runs (nginxinc/docker-nginx: entrypoint). */
export function configureNginx(process: ContainerProcess): void {
  if (process.env.get('NGINX_ENTRYPOINT_QUIET_LOGS') !== undefined) {
    for (const _ of templates(process));
    return
  }
  const say = (line: string): void => process.out(`${line}\n`)
  const head = '/docker-entrypoint.sh:'
  say(`${head} /docker-entrypoint.d/ is not empty, will attempt to perform configuration`)
  say(`${head} Looking for shell scripts in /docker-entrypoint.d/`)
  say(`${head} Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh`)
  for (const line of ipv6(process)) say(`10-listen-on-ipv6-by-default.sh: info: ${line}`)
  say(`${head} Sourcing /docker-entrypoint.d/15-local-resolvers.envsh`)
  say(`${head} Launching /docker-entrypoint.d/20-envsubst-on-templates.sh`)
  for (const line of templates(process)) say(`20-envsubst-on-templates.sh: ${line}`)
  say(`${head} Launching /docker-entrypoint.d/30-tune-worker-processes.sh`)
  say(`${head} Configuration complete; ready for start up`)
}

function ipv6(process: ContainerProcess): readonly string[] {
  const text = process.files.read(SITE)
  if (text === undefined) return [`${SITE} is not a file or does not exist`]
  if (!isWritable(process, SITE, text)) return [`can not modify ${SITE} (read-only file system?)`]
  const checksum = `Getting the checksum of ${SITE}`
  if (text !== DEFAULT_SITE && /listen\s+\[::\]:80;/.test(text)) return ['IPv6 listen already enabled']
  return text === DEFAULT_SITE
    ? [checksum, `Enabled listen on IPv6 in ${SITE}`]
    : [checksum, `${SITE} differs from the packaged version`]
}

function isWritable({ files, user }: ContainerProcess, path: string, text: string): boolean {
  if (user.uid !== 0) return false
  try {
    if (text !== DEFAULT_SITE) files.write(path, text)
    return true
  } catch (error) {
    if (error instanceof FileError) return false
    throw error
  }
}

/** Variables of the environment go into templates: `$NAME` and `${NAME}`, other dollars stay. */
function* templates({ files, env }: ContainerProcess): Generator<string> {
  for (const name of files.list(TEMPLATES)) {
    const text = files.read(`${TEMPLATES}/${name}`)
    if (text === undefined || !name.endsWith('.template')) continue
    const output = `/etc/nginx/conf.d/${name.slice(0, -'.template'.length)}`
    const filled = text.replace(
      /\$(?:\{(\w+)\}|(\w+))/g,
      (whole, braced?: string, bare?: string) => env.get(braced ?? bare ?? '') ?? whole,
    )
    files.write(output, filled)
    yield `Running envsubst on ${TEMPLATES}/${name} to ${output}`
  }
}

const CACHE = '/var/cache/nginx'

/** Why nginx cannot make the folders and the file that it works with: it is not root, or the root is read-only. */
export function startProblem({ files, user }: ContainerProcess, pidFile: string): string | undefined {
  const own = files.stat(CACHE)
  if (user.uid !== 0 && user.uid !== 101 && own?.mode === 0o755)
    return `mkdir() "${CACHE}/client_temp" failed (13: Permission denied)`
  const write = (path: string, act: () => void): string | undefined => {
    try {
      act()
      return undefined
    } catch (error) {
      if (error instanceof FileError && error.code === 'EROFS') return `"${path}" failed (30: Read-only file system)`
      throw error
    }
  }
  const folder = write(`${CACHE}/client_temp`, () => files.makeDirectory(`${CACHE}/client_temp`))
  if (folder !== undefined) return `mkdir() ${folder}`
  const pid = write(pidFile, () => files.write(pidFile, '1\n'))
  return pid === undefined ? undefined : `open() ${pid}`
}
