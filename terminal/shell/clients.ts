import { networkCommand } from '../commands/network-command.ts'
import type { CommandDefinition } from '../types.ts'
import type { Surroundings } from './environment.ts'

/** Programs of a container's image that use the network and that the terminal has no command for: `redis-cli`, `psql`. */
export function clientCommands(
  { networkPrograms = [] }: Surroundings,
  commands: readonly CommandDefinition[],
): readonly CommandDefinition[] {
  const known = new Set(commands.flatMap(({ name, aliases = [] }) => [name, ...aliases]))
  return networkPrograms
    .filter(({ name }) => !known.has(name))
    .map(({ name, summary }) => networkCommand(name, summary))
}
