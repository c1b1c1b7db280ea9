import type { Container } from '../emulator/index.ts'
import { isShell } from './surroundings.ts'

/** What a terminal runs in place of a PID 1 that waits for input: a shell without its script, a client with its words. */
export function mainProgram(container: Container): readonly string[] {
  const [program = 'sh', ...words] = (container.processes[0]?.command ?? 'sh').split(' ')
  return isShell(program) ? [program] : [program, ...words]
}
