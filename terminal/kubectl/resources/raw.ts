/** `--raw`: a path of the API server as it is (upstream: kubectl/pkg/rawhttp/raw.go). */
import { type ApiRequest, inGoOrder } from '../../../emulator/index.ts'
import { follow, requestTimeout } from '../api/follow.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'

/** What cannot go together with --raw. Throws KubectlError. */
export function checkRaw({ flags }: Invocation): void {
  if (!flags.optional('raw')) return
  const files = flags.list('filename')
  if (flags.has('edit') && flags.bool('edit')) throw new KubectlError('--raw and --edit are mutually exclusive')
  if (files.length !== 1) throw new KubectlError('--raw can only use a single local file or stdin')
  if (/^https?:/.test(files[0] ?? '')) throw new KubectlError('--raw cannot read from a url')
  if (flags.bool('recursive')) throw new KubectlError('--raw and --recursive are mutually exclusive')
  if (flags.has('selector') && flags.optional('selector'))
    throw new KubectlError('--raw and --selector (-l) are mutually exclusive')
  if (flags.string('output') !== '') throw new KubectlError('--raw and --output are mutually exclusive')
}

/** Sends the file of -f, if there is one, and prints what comes back. */
export async function sendRaw(invocation: Invocation, method: ApiRequest['method']): Promise<number> {
  const { api, context, flags } = invocation
  const [path = '', search = ''] = flags.string('raw').split('?')
  if (!path.startsWith('/'))
    throw new KubectlError(
      `--raw must be a valid URL path: parse ${JSON.stringify(flags.string('raw'))}: invalid URI for request`,
    )
  const file = method === 'GET' ? undefined : flags.list('filename')[0]
  const body = file === '-' ? context.stdin : file === undefined ? undefined : await context.files.read(file)
  if (file !== undefined && body === undefined) throw new KubectlError(`open ${file}: no such file or directory`)
  const query: { [name: string]: string[] } = Object.create(null)
  for (const [name, value] of new URLSearchParams(search)) query[name] = [...(query[name] ?? []), value]
  const answer = api.sendRaw(method, path, {
    query: { ...query },
    ...(body !== undefined && { body }),
  })
  const print = (part: unknown): void =>
    context.out(typeof part === 'string' ? part : `${JSON.stringify(inGoOrder(part))}\n`)
  if (answer.stream) await follow(context, answer.stream, print, requestTimeout(api))
  else print(answer.body)
  return 0
}
