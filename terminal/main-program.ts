import type { Container } from '../emulator/index.ts'
import { isShell } from './surroundings.ts'

/** What a terminal runs in place of a PID 1 that waits for input: a shell without its script, anything else with its words. */
export function mainProgram(container: Container): readonly string[] {
  const words = (container.processes[0]?.command ?? 'sh').split(' ')
  const [program = 'sh'] = words
  if (isShell(program)) return [program]
  // Behind the image's entrypoint, which runs its arguments.
  const client = words.findIndex((word) => container.networkProgram(word) !== undefined)
  return client < 0 ? words : words.slice(client)
}
