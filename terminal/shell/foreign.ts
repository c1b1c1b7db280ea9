import type { Command } from 'just-bash'
import type { CommandDefinition } from '../types.ts'
import type { Surroundings } from './environment.ts'

const SHELLS = new Set(['sh', 'bash', 'ash', 'dash', '[', 'test'])
/** What the emulator answers where an image lists a program that nothing stands behind. */
const NOTHING_BEHIND = 126

/** Programs of a container that neither the library nor we have: the emulator's own, or an honest refusal. */
export function foreignCommands(
  { programs, runProgram }: Surroundings,
  library: readonly string[],
  commands: readonly CommandDefinition[],
): Command[] {
  if (programs === undefined || runProgram === undefined) return []
  const known = new Set([...library, ...SHELLS, ...commands.flatMap(({ name, aliases = [] }) => [name, ...aliases])])
  const names = [...programs].filter((name) => !known.has(name))
  return names.map((name) => ({
    name,
    async execute(args) {
      const { exitCode, stdout, stderr } = runProgram([name, ...args])
      if (exitCode === NOTHING_BEHIND)
        return { stdout: '', stderr: `${name}: not emulated in this terminal\n`, exitCode: 127 }
      return { stdout, stderr, exitCode }
    },
  }))
}
