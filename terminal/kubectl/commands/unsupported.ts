/** Commands that a real kubectl has and this one does not: each says so in one sentence. */
import { defineSubcommand, type Subcommand } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'

/** Any flags and arguments are accepted, so that the sentence is what the learner reads. */
export function unsupported(name: string, group: string, summary: string, advice: string): Subcommand {
  return defineSubcommand({
    name,
    group,
    summary,
    acceptsAnything: true,
    run: async () => {
      throw new KubectlError(`kubectl ${name} is not emulated in this cluster; ${advice}`)
    },
  })
}
