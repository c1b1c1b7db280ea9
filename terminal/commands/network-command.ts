import { MACHINE_PROGRAMS, type NetworkProgram, type ProcessContext, type Wait } from '../../emulator/index.ts'
import type { CommandContext, CommandDefinition } from '../types.ts'
import { defineCommand } from '../types.ts'

/** A network tool of the emulator as a command: the machine's own, or in a Pod the one that the image has. */
export function networkCommand(name: string, summary: string): CommandDefinition {
  return defineCommand({
    name,
    summary,
    async run(context) {
      const program = findProgram(context, name)
      if (program !== undefined) return await drive(program, context)
      context.err(`${name}: command not found\n`)
      return 127
    },
  })
}

function findProgram({ place, container, cluster }: CommandContext, name: string): NetworkProgram | undefined {
  if (place.kind === 'machine') return MACHINE_PROGRAMS.get(name)
  return cluster.container(place.namespace, place.name, container ?? '')?.networkProgram(name)
}

/** Runs the program, letting time pass where it waits; Ctrl-C ends it after its last words (ping's statistics). */
async function drive(program: NetworkProgram, context: CommandContext): Promise<number> {
  const run = program.run(processOf(context))
  let input: string | undefined
  try {
    for (;;) {
      const sent = input
      const next = context.requests.during(() => run.next(sent))
      if (next.done === true) return next.value
      input = await answer(next.value, context)
    }
  } catch (error) {
    if (context.signal.aborted) run.return(130)
    throw error
  }
}

async function answer(wait: Wait, { files, time, signal, readLine }: CommandContext): Promise<string | undefined> {
  switch (wait.kind) {
    case 'sleep':
      await time.sleep(wait.ms, signal)
      return undefined
    case 'forever':
      return await new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      })
    case 'line':
      return await readLine?.(wait.prompt)
    case 'read':
      return await files.read(wait.path)
    case 'write':
      try {
        await files.write(wait.path, wait.content)
        return undefined
      } catch (error) {
        return error instanceof Error ? error.message : String(error)
      }
  }
}

function processOf(context: CommandContext): ProcessContext {
  const { argv, env, cwd, stdin, place, cluster, tty, time } = context
  return {
    argv,
    env,
    cwd,
    stdin,
    place,
    hostname: place.name,
    network: cluster.network,
    terminal: tty === undefined ? undefined : { columns: tty.columns },
    now: () => Math.round(time.now()),
    out: (text) => context.out(text),
    err: (text) => context.err(text),
  }
}
