import { RE2JS } from 're2js'
import type { HttpRequest } from '../../../emulator/index.ts'
import type { FlagValues } from '../cli/flags.ts'
import { klogHead } from '../cli/klog.ts'
import { KubectlError } from '../errors.ts'

/** Whether `kubectl proxy` passes a request on (upstream: kubectl/pkg/proxy/proxy_server.go, FilterServer). */
export function filterOf(flags: FlagValues, now: number): (http: HttpRequest) => boolean {
  if (flags.bool('disable-filter')) return () => true
  const [paths, rejected, hosts, methods] = ['accept-paths', 'reject-paths', 'accept-hosts', 'reject-methods'].map(
    (name) => expressions(flags.string(name), now),
  )
  const matches = (list: readonly RE2JS[] = [], text: string) =>
    list.some((expression) => expression.matcher(text).find())
  return ({ method, path, host }) => {
    const bare = path.split('?')[0] ?? path
    if (matches(rejected, bare) || matches(methods, method)) return false
    return matches(paths, bare) && matches(hosts, host.replace(/:\d+$/, ''))
  }
}

/** Longer texts than these are no patterns that anybody types. */
const LONGEST = 500

function expressions(text: string, now: number): readonly RE2JS[] {
  return text.split(',').map((part) => {
    try {
      if (part.length > LONGEST) throw new Error('too long')
      return RE2JS.compile(part)
    } catch {
      const head = klogHead('F', now, 'proxy_server.go:83')
      throw new KubectlError(`${head} Error compiling re: error parsing regexp: \`${part}\``, { bare: true, code: 255 })
    }
  })
}
