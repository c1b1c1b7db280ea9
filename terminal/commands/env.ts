import { defineCommand } from '../types.ts'

export const env = defineCommand({
  name: 'env',
  summary: 'Show the environment, or run a command in a changed one',
  async run({ argv, env: variables, out, err, hasProgram, runProgram }) {
    const words = argv.slice(1)
    const removed = new Set<string>()
    let empty = false
    while (words[0]?.startsWith('-') === true) {
      const flag = words.shift()
      if (flag === '-i' || flag === '-') empty = true
      else if (flag === '-u') removed.add(words.shift() ?? '')
      else if (flag !== '--') {
        err(`env: invalid option -- '${flag?.replace(/^-+/, '')}'\nTry 'env --help' for more information.\n`)
        return 125
      }
    }
    const set: string[] = []
    while (words[0] !== undefined && /^[^=]+=/.test(words[0])) set.push(words.shift() ?? '')
    if (words.length === 0) {
      const kept = empty ? [] : [...variables].filter(([name]) => !removed.has(name))
      const shown = new Map([...kept, ...set.map(split)])
      out([...shown].map(([name, value]) => `${name}=${value}\n`).join(''))
      return 0
    }
    const unset = empty ? [...variables.keys()].filter((name) => name !== 'PATH') : [...removed]
    const prefix = [...unset.map((name) => `unset ${name};`), ...set.map((pair) => `export ${quotePair(pair)};`)]
    if (!hasProgram(words[0] ?? '')) {
      err(`env: ‘${words[0]}’: No such file or directory\n`)
      return 127
    }
    if (prefix.length === 0) return runProgram(words)
    return runProgram(['sh', '-c', `${prefix.join(' ')} ${words.map(quote).join(' ')}`])
  },
})

export const printenv = defineCommand({
  name: 'printenv',
  summary: 'Show the environment, or some of its variables',
  async run({ argv, env: variables, out }) {
    const names = argv.slice(1)
    if (names.length === 0) out([...variables].map(([name, value]) => `${name}=${value}\n`).join(''))
    const known = names.filter((name) => variables.has(name))
    out(known.map((name) => `${variables.get(name)}\n`).join(''))
    return known.length === names.length ? 0 : 1
  },
})

function split(pair: string): [name: string, value: string] {
  const at = pair.indexOf('=')
  return [pair.slice(0, at), pair.slice(at + 1)]
}

function quotePair(pair: string): string {
  const [name, value] = split(pair)
  return `${name}=${quote(value)}`
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
