import type { CommandNode } from 'just-bash'
import { redirected } from './redirections.ts'

/** The command without its `2>&1`, where that sends its errors to where its output goes anyway; else undefined. */
export function withoutMerge(command: CommandNode): CommandNode | undefined {
  if (command.type === 'FunctionDef' || !redirected(command.redirections).errToOut) return undefined
  const redirections = command.redirections.filter((redirection) => !redirected([redirection]).errToOut)
  return { ...command, redirections }
}
