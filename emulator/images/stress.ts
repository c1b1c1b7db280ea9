import { parseQuantity, wholeValue } from '../api/quantity.ts'
import { defineImage, type ImageDefinition } from '../node/image.ts'
import { type ContainerProcess, type ContainerProgram, type Run, serve, sleep } from '../node/programs/program.ts'
import { ALPINE, DEBIAN } from './program-sets.ts'
import { GO_TERMINATED } from './servers.ts'

const suffixes: { readonly [suffix: string]: number } = { '': 1, B: 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 }

/** `150M` as stress reads it, in bytes. */
function bytesOf(text: string): number {
  const match = /^(\d+)([BKMG]?)$/i.exec(text)
  return match ? Number(match[1]) * (suffixes[(match[2] ?? '').toUpperCase()] ?? 1) : 0
}

/** `90s`, `2m`, `1h` in milliseconds. */
function millisecondsOf(text: string): number {
  const match = /^(\d+)([smhd]?)$/.exec(text)
  return match ? Number(match[1]) * { '': 1, s: 1, m: 60, h: 3600, d: 86_400 }[match[2] as ''] * 1000 : 0
}

interface Options {
  readonly cpu: number
  readonly vm: number
  readonly vmBytes: number
  readonly timeoutMs: number | undefined
}

/** `--cpu 2`, `--cpu=2` and `-c 2`. */
function optionsOf(argv: readonly string[]): Options {
  const words = argv.slice(1).flatMap((word) => (word.startsWith('--') ? word.split('=') : [word]))
  const after = (...names: readonly string[]) => {
    const index = words.findIndex((word) => names.includes(word))
    return index < 0 ? undefined : words[index + 1]
  }
  const timeout = after('--timeout', '-t')
  return {
    cpu: Number(after('--cpu', '-c') ?? 0) || 0,
    vm: Number(after('--vm', '-m') ?? 0) || 0,
    vmBytes: bytesOf(after('--vm-bytes') ?? '256M'),
    timeoutMs: timeout === undefined ? undefined : millisecondsOf(timeout),
  }
}

/** The tool `stress`: keeps CPUs busy and memory full. */
function* runStress(process: ContainerProcess): Run {
  const { cpu, vm, vmBytes, timeoutMs } = optionsOf(process.argv)
  if (cpu + vm === 0) {
    process.out("`stress' imposes certain types of compute stress on your system\n\nUsage: stress [OPTION [ARG]] ...\n")
    return process.argv.length > 1 ? 1 : 0
  }
  process.out(`stress: info: [1] dispatching hogs: ${cpu} cpu, 0 io, ${vm} vm, 0 hdd\n`)
  process.hold({ cpuMilli: 1000 * (cpu + vm), memoryBytes: vm * vmBytes })
  if (timeoutMs === undefined) return yield* serve()
  yield* sleep(timeoutMs)
  process.out(`stress: info: [1] successful run completed in ${timeoutMs / 1000}s\n`)
  return 0
}

const stress: ContainerProgram = { name: 'stress', run: runStress }

/** `-mem-total 950Mi -mem-alloc-size 100Mi -mem-alloc-sleep 1s -cpus 2`: takes memory bit by bit, then keeps CPUs busy. */
function* runVishStress(process: ContainerProcess): Run {
  const words = process.argv.slice(1).flatMap((word) => word.replace(/^--/, '-').split('='))
  const after = (name: string) => words[words.indexOf(name) + 1]
  const given = (name: string) => (words.includes(name) ? after(name) : undefined)
  const bytes = (name: string, fallback: string) => {
    const quantity = parseQuantity(given(name) ?? fallback)
    return quantity ? Number(wholeValue(quantity)) : 0
  }
  const [total, step] = [bytes('-mem-total', '0'), Math.max(bytes('-mem-alloc-size', '4Ki'), 65_536)]
  const pause = /^(\d+)(ms|s)$/.exec(given('-mem-alloc-sleep') ?? '1ms')
  const cpus = Number(given('-cpus') ?? 0) || 0
  process.onTerminate(GO_TERMINATED)
  process.err(`${stamp(process)} main.go:26] Allocating "${given('-mem-total') ?? '0'}" memory\n`)
  process.hold({ cpuMilli: cpus * 1000, memoryBytes: 0 })
  for (let taken = 0; taken < total; taken += step) {
    process.hold({ cpuMilli: 0, memoryBytes: Math.min(step, total - taken) })
    yield* sleep(Number(pause?.[1] ?? 1) * (pause?.[2] === 's' ? 1000 : 1))
  }
  process.err(`${stamp(process)} main.go:39] Spawning a thread to consume CPU\n`)
  return yield* serve()
}

const toolImage = (repository: string, tags: ImageDefinition['tags'], rest: Partial<ImageDefinition>) =>
  defineImage({ repository, tags, sizeBytes: 4_041_495, programs: ALPINE, servers: [stress], ...rest })

/** Images with a program that does nothing but use CPU and memory. */
export const stressImages: readonly ImageDefinition[] = [
  toolImage('docker.io/polinux/stress', ['latest', '1.0.4'], { command: ['/bin/sh'], sizeBytes: 4_041_495 }),
  toolImage('docker.io/progrium/stress', ['latest'], {
    entrypoint: ['stress', '--verbose'],
    programs: DEBIAN,
    sizeBytes: 281_783_943,
  }),
  toolImage('docker.io/vish/stress', ['latest'], {
    entrypoint: ['/stress'],
    programs: [],
    sizeBytes: 1_558_791,
    servers: [{ name: '/stress', run: runVishStress }],
  }),
]

/** The head of klog's lines. */
function stamp(process: ContainerProcess): string {
  const at = new Date(process.now()).toISOString()
  return `I${at.slice(5, 7)}${at.slice(8, 10)} ${at.slice(11, 23)}000       1`
}
