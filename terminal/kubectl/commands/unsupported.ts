import { defineSubcommand, type Subcommand } from '../cli/subcommand.ts'

/** A command that a real kubectl has and this one does not: it says so in one sentence. */
export function unsupported(name: string, group: string, summary: string, advice: string): Subcommand {
  return defineSubcommand({
    name,
    group,
    summary,
    refusal: `kubectl ${name} is not emulated in this cluster; ${advice}`,
  })
}
