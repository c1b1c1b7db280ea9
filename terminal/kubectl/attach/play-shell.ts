import type { Container } from '../../../emulator/index.ts'
import { mainProgram } from '../../main-program.ts'
import type { Invocation } from '../cli/subcommand.ts'

/** A shell that waits for input: the learner's terminal plays it, and it ends as they leave it. */
export async function playShell({ context }: Invocation, container: Container, tty: boolean): Promise<void> {
  const { namespace, podName: pod, containerName } = container.spec
  const code = await context.openShell({
    kind: 'container',
    namespace,
    pod,
    container: containerName,
    argv: mainProgram(container),
    tty,
    ...(!tty && { stdin: context.stdin }),
  })
  if (container.state.kind === 'running') container.exit(code)
}

/** Whether a terminal takes the place of PID 1: of a shell that waits, and of whatever reads at a terminal. */
export const isPlayed = (container: Container, tty: boolean): boolean =>
  container.awaitsInput || (tty && container.takesInput)
