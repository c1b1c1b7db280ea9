import type { Machine } from '../../../emulator/index.ts'
import type { CommandContext, CommandDefinition } from '../../types.ts'
import { defineCommand } from '../../types.ts'

/** What the emulator answers where an image lists a program that nothing stands behind. */
const NOTHING_BEHIND = 126

/** A command of machines; in containers it is whatever their image has. */
export function onMachine(
  name: string,
  summary: string,
  run: (context: CommandContext, machine: Machine) => number | Promise<number>,
): CommandDefinition {
  return defineCommand({
    name,
    summary,
    async run(context) {
      const { place, cluster } = context
      const machine = place.kind === 'machine' ? cluster.machine(place.name) : undefined
      return machine === undefined ? inContainer(context, name) : await run(context, machine)
    },
  })
}

export function inContainer({ place, cluster, container, argv, out, err }: CommandContext, name: string): number {
  const ran =
    place.kind === 'pod'
      ? cluster.container(place.namespace, place.name, container ?? '')?.run([name, ...argv.slice(1)])
      : undefined
  if (ran !== undefined && ran.exitCode !== NOTHING_BEHIND) {
    out(ran.output)
    return ran.exitCode
  }
  err(`${name}: not emulated in this terminal\n`)
  return 127
}
