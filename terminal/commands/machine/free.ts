import { parseArguments } from '../arguments.ts'
import { memoryOf } from './memory.ts'
import { onMachine } from './on-machine.ts'

/** procps' `free` [-b|-k|-m|-g|-h]. */
export const free = onMachine('free', 'Show how much memory is used', (context, machine) => {
  const { flags, unknown } = parseArguments(context.argv.slice(1), {
    flags: ['b', 'k', 'm', 'g', 'h', 't', 'w', 'bytes', 'kibi', 'mebi', 'gibi', 'human', 'mega', 'giga'],
    values: ['s', 'c'],
  })
  if (unknown !== undefined) {
    context.err(`free: invalid option -- '${unknown.replace(/^-+/, '')}'\n\nUsage:\n free [options]\n`)
    return 1
  }
  const has = (...names: readonly string[]) => names.some((name) => flags.has(name))
  const text = (kib: number): string => {
    if (has('h', 'human')) return human(kib)
    if (has('b', 'bytes')) return String(kib * 1024)
    if (has('m', 'mebi', 'mega')) return String(Math.floor(kib / 1024))
    return String(has('g', 'gibi', 'giga') ? Math.floor(kib / 1024 / 1024) : kib)
  }
  const { total, used, free: left, shared, cache, available } = memoryOf(context.cluster, machine)
  const row = (title: string, values: readonly number[]): string =>
    `${title}${values.map((value, at) => text(value).padStart(at === 0 ? 15 : 12)).join('')}\n`
  context.out('               total        used        free      shared  buff/cache   available\n')
  context.out(row('Mem: ', [total, used, left, shared, cache, available]))
  context.out(row('Swap:', [0, 0, 0]))
  return 0
})

function human(kib: number): string {
  const units = ['Ki', 'Mi', 'Gi']
  let value = kib
  let unit = 0
  for (; value >= 1024 && unit < units.length - 1; unit += 1) value /= 1024
  if (value === 0) return '0B'
  return value < 10 ? `${value.toFixed(1)}${units[unit]}` : `${Math.round(value)}${units[unit]}`
}
