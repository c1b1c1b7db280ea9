import type { Container } from '../../../emulator/index.ts'
import { takesInputOnce } from '../../exec/attach.ts'
import type { CommandContext } from '../../types.ts'

/** All of standard input goes to PID 1, and its end too where the container takes input once. */
export function sendInput({ cluster, stdin, stdinIsTerminal }: CommandContext, container: Container): void {
  if (stdinIsTerminal) return
  if (stdin !== '') container.type(stdin)
  if (takesInputOnce(cluster, container)) container.type(undefined)
}
