import { helpText } from '../cli/help.ts'
import type { Invocation, Subcommand } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'

/** Some config commands print their help before they complain. */
export function withHelp({ context, path }: Invocation, command: Subcommand, message: string): KubectlError {
  context.out(helpText(command, path))
  return new KubectlError(message)
}
