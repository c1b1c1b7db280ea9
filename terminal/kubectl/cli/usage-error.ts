import { KubectlError } from '../errors.ts'
import type { Invocation } from './subcommand.ts'

/** A wrong use of a command, with the pointer to its help (upstream: cmdutil.UsageErrorf). */
export function usageError(invocation: Pick<Invocation, 'path'>, message: string): KubectlError {
  return new KubectlError(`${message}\nSee '${invocation.path.join(' ')} -h' for help and examples`)
}

/** The single NAME that the `create` commands take (upstream: create.NameFromCommandArgs). */
export function nameFromArgs(invocation: Pick<Invocation, 'path' | 'args' | 'argsBeforeDash'>): string {
  const { args, argsBeforeDash } = invocation
  const count = argsBeforeDash >= 0 ? argsBeforeDash : args.length
  const name = args[0]
  if (count !== 1 || name === undefined) throw usageError(invocation, `exactly one NAME is required, got ${count}`)
  return name
}
