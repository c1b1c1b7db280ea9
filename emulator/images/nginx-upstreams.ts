import type { ContainerProcess } from '../node/programs/program.ts'
import { type Directive, NginxConfigError } from './nginx-config.ts'

/** Addresses of the hosts that a configuration names, as they were when nginx read it: it does not look again. */
export interface Upstreams {
  /** `address:port` of each `upstream` block, and of each host of a `proxy_pass`. */
  readonly [name: string]: readonly string[]
}

/** Looks up what the configuration names; a name that is not known is why nginx does not start. */
export function resolveUpstreams(process: ContainerProcess, config: readonly Directive[]): Upstreams {
  const found: { [name: string]: readonly string[] } = {}
  const define = (name: string, value: readonly string[]): void => {
    Object.defineProperty(found, name, { value, enumerable: true, configurable: true })
  }
  const http = config.find(({ name }) => name === 'http')?.block ?? []
  for (const upstream of http.filter(({ name }) => name === 'upstream')) {
    const servers = (upstream.block ?? []).filter(({ name }) => name === 'server')
    if (servers.length === 0)
      throw new NginxConfigError(`no servers are inside upstream in ${upstream.file}:${upstream.line}`)
    define(
      upstream.args[0] ?? '',
      servers.flatMap((server) => addressesOf(process, server.args[0] ?? '', '80', server)),
    )
  }
  for (const directive of everywhere(config)) {
    if (directive.name !== 'proxy_pass') continue
    const target = directive.args[0] ?? ''
    const [, scheme, host = ''] = /^(https?):\/\/([^/]+)/.exec(target) ?? []
    if (scheme === undefined && !target.includes('$'))
      throw new NginxConfigError(`invalid URL prefix in ${directive.file}:${directive.line}`)
    if (target.includes('$') || Object.hasOwn(found, host)) continue
    define(host, addressesOf(process, host, scheme === 'https' ? '443' : '80', directive))
  }
  return found
}

function* everywhere(directives: readonly Directive[]): Generator<Directive> {
  for (const directive of directives) {
    yield directive
    if (directive.block) yield* everywhere(directive.block)
  }
}

function addressesOf(process: ContainerProcess, text: string, usual: string, at: Directive): readonly string[] {
  if (text.startsWith('unix:')) return []
  const [host = '', port = usual] = text.split(':')
  const { addresses } = process.network.lookup(process.place, host)
  if (addresses.length === 0)
    throw new NginxConfigError(`host not found in upstream "${text}" in ${at.file}:${at.line}`)
  return addresses.map((address) => `${address}:${port}`)
}
