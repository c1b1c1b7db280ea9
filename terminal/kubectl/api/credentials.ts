/** What a kubeconfig's user proves itself with (upstream: client-go/tools/clientcmd, client_config.go and validation.go). */
import { Buffer } from 'node:buffer'
import type { UserInfo } from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'
import type { FlagValues } from '../cli/flags.ts'
import { KubectlError } from '../errors.ts'
import type { Connection } from './connection.ts'
import type { Settings } from './kubeconfig.ts'

export interface ClientCredentials {
  readonly identity: Connection['identity']
  readonly bearer: Connection['headers']
}

const ANONYMOUS: UserInfo = { name: 'system:anonymous', groups: ['system:unauthenticated'] }

/** Flags beat the kubeconfig, data beats files. Throws KubectlError for files that are not there. */
export async function credentialsOf(
  context: Pick<CommandContext, 'files'>,
  configPath: string,
  userName: string,
  user: Settings,
  flags: FlagValues,
): Promise<ClientCredentials> {
  const folder = configPath.slice(0, configPath.lastIndexOf('/') + 1)
  const located = (path: string): string => (path === '' || path.startsWith('/') ? path : `${folder}${path}`)
  const given = (flag: string): string => flags.optional(flag) || located(text(user[flag]))
  const read = (path: string) => context.files.read(path)
  const token = flags.optional('token') || (await tokenText(read, user, located))
  const certificate = decoded(user['client-certificate-data']) ?? (await keyPair(read, given, userName, user))
  const clientCertificate = flags.optional('token') ? undefined : certificate
  if (!token && clientCertificate === undefined) return { identity: { user: ANONYMOUS }, bearer: {} }
  return {
    identity: clientCertificate === undefined ? {} : { clientCertificate },
    bearer: token ? { authorization: `Bearer ${token}` } : {},
  }
}

type Read = (path: string) => Promise<string | undefined>

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const decoded = (data: unknown): string | undefined =>
  typeof data === 'string' && data !== '' ? Buffer.from(data, 'base64').toString('latin1') : undefined

async function tokenText(read: Read, user: Settings, located: (path: string) => string): Promise<string> {
  const file = text(user.tokenFile)
  return file === '' ? text(user.token) : ((await read(located(file))) ?? '').trim()
}

/** The certificate's text; both files must be there. */
async function keyPair(
  read: Read,
  given: (flag: string) => string,
  userName: string,
  user: Settings,
): Promise<string | undefined> {
  const [certificate, key] = [given('client-certificate'), given('client-key')]
  if (certificate === '') return undefined
  const problems: string[] = []
  const content = await read(certificate)
  const unreadable = (what: string, path: string): string =>
    `unable to read ${what} ${path} for ${userName} due to open ${path}: no such file or directory`
  if (content === undefined) problems.push(unreadable('client-cert', certificate))
  if (key === '' && !user['client-key-data'])
    problems.push(
      `client-key-data or client-key must be specified for ${userName} to use the clientCert authentication method.`,
    )
  else if (key !== '' && (await read(key)) === undefined) problems.push(unreadable('client-key', key))
  if (problems.length === 0) return content
  throw new KubectlError(`invalid configuration: ${problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`}`)
}
