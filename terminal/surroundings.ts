import type { Cluster, Container, Machine } from '../emulator/index.ts'
import type { Dialect, Surroundings } from './shell/environment.ts'

const MACHINE_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
const CONTAINER_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

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
  }
}

/** A process in a container, beside its PID 1. */
export function containerSurroundings(container: Container): Surroundings {
  const { spec } = container
  const hostname = spec.hostname ?? spec.podName
  const cwd = spec.workingDir ?? '/'
  const env = new Map(container.env)
  if (!env.has('PATH')) env.set('PATH', CONTAINER_PATH)
  if (!env.has('HOSTNAME')) env.set('HOSTNAME', hostname)
  if (!env.has('HOME')) env.set('HOME', '/root')
  env.set('TERM', 'xterm')
  env.set('PWD', cwd)
  return {
    place: { kind: 'pod', namespace: spec.namespace, name: spec.podName },
    container: spec.containerName,
    user: 'root',
    hostname,
    dialect: dialectOf(container),
    files: container.files,
    cwd,
    env,
    programs: container.programs,
  }
}

export function dialectOf({ programs }: Pick<Container, 'programs'>): Dialect {
  if (programs.has('bash')) return 'bash'
  return programs.has('busybox') || programs.has('apk') ? 'ash' : 'dash'
}

export function findMachine(cluster: Cluster, name: string): Machine | undefined {
  return cluster.machines.find((machine) => machine.name === name || machine.address === name)
}
