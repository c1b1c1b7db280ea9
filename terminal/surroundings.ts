import type { Cluster, Container, Machine } from '../emulator/index.ts'
import type { Dialect, Surroundings } from './shell/environment.ts'

const MACHINE_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
const CONTAINER_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** What ssh exits with when the other side is gone. */
const BROKEN_CONNECTION = 255
const KILLED = 137

export function homeOf(user: string): string {
  return user === 'root' ? '/root' : `/home/${user}`
}

/** A login on a machine. */
export function machineSurroundings(machine: Machine, user: string, cwd?: string): Surroundings {
  const home = homeOf(user)
  const at = cwd ?? (machine.files.stat(home) === undefined ? '/' : home)
  return {
    place: { kind: 'machine', name: machine.name },
    user,
    hostname: machine.name,
    dialect: 'bash',
    userland: 'gnu',
    files: machine.files,
    cwd: at,
    env: new Map([
      ['HOME', home],
      ['HOSTNAME', machine.name],
      ['LANG', 'C.UTF-8'],
      ['LOGNAME', user],
      ['PATH', MACHINE_PATH],
      ['PWD', at],
      ['SHELL', '/bin/bash'],
      ['SHLVL', '1'],
      ['TERM', 'xterm-256color'],
      ['USER', user],
    ]),
    programs: undefined,
    lost: () => (machine.powered ? undefined : BROKEN_CONNECTION),
  }
}

/** A process beside PID 1 of a container: a shell, or a program started without one. */
export function containerSurroundings(
  container: Container,
  { argv, tty }: { readonly argv: readonly string[]; readonly tty: boolean },
): Surroundings {
  const { spec } = container
  const hostname = spec.hostname ?? spec.podName
  const cwd = spec.workingDir ?? '/'
  const env = new Map<string, string>()
  env.set('PATH', container.env.get('PATH') ?? CONTAINER_PATH)
  env.set('HOSTNAME', container.env.get('HOSTNAME') ?? hostname)
  if (tty) env.set('TERM', 'xterm')
  for (const [name, value] of container.env) env.set(name, value)
  env.set('HOME', container.env.get('HOME') ?? '/root')
  return {
    place: { kind: 'pod', namespace: spec.namespace, name: spec.podName },
    container: spec.containerName,
    user: 'root',
    hostname,
    dialect: dialectOf(container, argv[0] ?? 'sh'),
    userland: container.programs.has('ash') ? 'busybox' : 'gnu',
    files: container.files,
    cwd,
    env: isShell(argv[0] ?? '') ? env.set('PWD', cwd) : env,
    programs: container.programs,
    networkPrograms: [...container.programs].flatMap((name) => container.networkProgram(name) ?? []),
    lost: () => (container.state.kind === 'running' ? undefined : KILLED),
    kill: (pid, signal) => container.signal(pid, signal),
    runProgram: (words) => container.run(words),
  }
}

/** Whether a program of that name or path is a shell. */
export function isShell(program: string): boolean {
  return /^(?:(?:\/usr)?\/bin\/)?(?:ba|a|da)?sh$/.test(program)
}

function dialectOf({ programs }: Pick<Container, 'programs'>, program: string): Dialect {
  if (program.endsWith('bash')) return 'bash'
  return programs.has('ash') ? 'ash' : 'dash'
}

export function findMachine(cluster: Cluster, name: string): Machine | undefined {
  return cluster.machines.find((machine) => machine.name === name || machine.address === name)
}
