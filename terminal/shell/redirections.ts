import type { Redirection } from './nodes.ts'
import { literalText } from './nodes.ts'

/** Which of its standard streams a command redirects itself. */
export interface Redirected {
  readonly in: boolean
  readonly out: boolean
  readonly err: boolean
  /** Only `2>&1`, or only `>&2`: the stream goes where the other one goes. */
  readonly errToOut: boolean
  readonly outToErr: boolean
}

export function redirected(redirections: readonly Redirection[]): Redirected {
  const out = redirections.filter(redirectsOut)
  const err = redirections.filter(redirectsErr)
  return {
    in: redirections.some(redirectsIn),
    out: out.length > 0,
    err: err.length > 0,
    errToOut: out.length === 0 && err.length === 1 && duplicates(err[0], '1'),
    outToErr: err.length === 0 && out.length === 1 && duplicates(out[0], '2'),
  }
}

function redirectsIn({ operator, fd }: Redirection): boolean {
  return operator.startsWith('<') && (fd === null || fd === 0)
}

function redirectsOut({ operator, fd }: Redirection): boolean {
  return operator.startsWith('&>') || (operator.startsWith('>') && (fd === null || fd === 1))
}

function redirectsErr(redirection: Redirection): boolean {
  const { operator, fd } = redirection
  if (operator.startsWith('&>')) return true
  if (operator === '>&' && fd === null) return !/^[0-9-]*$/.test(targetText(redirection) ?? '')
  return operator.startsWith('>') && fd === 2
}

function duplicates(redirection: Redirection | undefined, fd: string): boolean {
  return redirection?.operator === '>&' && targetText(redirection) === fd
}

function targetText({ target }: Redirection): string | undefined {
  return target.type === 'Word' ? literalText(target) : undefined
}
