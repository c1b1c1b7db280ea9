import { KERNEL_RELEASE, KERNEL_VERSION } from '../hardware.ts'
import { identityText, userName } from '../security.ts'
import { simpleProgram } from './text-program.ts'

/** whoami: a number that no file names has no name. */
export const whoami = simpleProgram('whoami', (process) => {
  const { uid } = process.user
  const name = userName(uid, process.files)
  if (name === undefined) process.err(`whoami: unknown uid ${uid}\n`)
  else process.out(`${name}\n`)
  return name === undefined ? 1 : 0
})

/** id [-u|-g] */
export const id = simpleProgram('id', (process) => {
  const { uid, gid } = process.user
  const short = new Map([
    ['-u', uid],
    ['-g', gid],
  ]).get(process.argv[1] ?? '')
  process.out(`${short ?? identityText(process.user, process.files)}\n`)
  return 0
})

/** uname [-a|-r|-n|-m] */
export const uname = simpleProgram('uname', (process) => {
  const system = process.programs.has('apk') ? 'Linux' : 'GNU/Linux'
  const texts: { readonly [option: string]: string } = {
    '-r': KERNEL_RELEASE,
    '-n': process.hostname,
    '-m': 'x86_64',
    '-a': `Linux ${process.hostname} ${KERNEL_RELEASE} ${KERNEL_VERSION} x86_64 ${system}`,
  }
  process.out(`${texts[process.argv[1] ?? ''] ?? 'Linux'}\n`)
  return 0
})

/** pwd */
export const pwd = simpleProgram('pwd', (process) => {
  process.out(`${process.cwd}\n`)
  return 0
})

/** ps: the container's own processes, as busybox prints them. */
export const ps = simpleProgram('ps', (process) => {
  process.out('PID   USER     TIME  COMMAND\n')
  for (const { pid, command } of process.processes())
    process.out(`${String(pid).padStart(5)} root      0:00 ${command}\n`)
  return 0
})
