import type { ContainerProgram, Run } from './program.ts'
import { simpleProgram } from './text-program.ts'

/** env [NAME=VALUE...] [COMMAND...] */
export const env: ContainerProgram = {
  name: 'env',
  *run(process): Run {
    const words = process.argv.slice(1)
    const variables = new Map(process.env)
    while (/^[A-Za-z_]\w*=/.test(words[0] ?? '')) {
      const [name = '', ...value] = (words.shift() ?? '').split('=')
      variables.set(name, value.join('='))
    }
    if (words.length === 0) {
      for (const [name, value] of variables) process.out(`${name}=${value}\n`)
      return 0
    }
    const program = process.programs.get(words[0] ?? '')
    if (program !== undefined) return yield* program.run({ ...process, argv: words, env: variables })
    process.err(`env: can't execute '${words[0]}': No such file or directory\n`)
    return 127
  },
}

/** printenv [NAME...] */
export const printenv = simpleProgram('printenv', (process) => {
  const names = process.argv.slice(1)
  if (names.length === 0) for (const [name, value] of process.env) process.out(`${name}=${value}\n`)
  let status = 0
  for (const name of names) {
    const value = process.env.get(name)
    if (value === undefined) status = 1
    else process.out(`${value}\n`)
  }
  return status
})
