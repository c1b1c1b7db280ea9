import { idText } from '../security.ts'
import { simpleProgram } from './text-program.ts'

/** whoami: a number that no file names has no name. */
export const whoami = simpleProgram('whoami', (process) => {
  const { uid } = process.user
  if (uid === 0) process.out('root\n')
  else process.err(`whoami: unknown uid ${uid}\n`)
  return uid === 0 ? 0 : 1
})

/** id [-u|-g] */
export const id = simpleProgram('id', (process) => {
  const { uid, gid } = process.user
  const short = new Map([
    ['-u', uid],
    ['-g', gid],
  ]).get(process.argv[1] ?? '')
  process.out(`${short ?? idText(process.user)}\n`)
  return 0
})

/** uname [-a|-r|-n|-m] */
export const uname = simpleProgram('uname', (process) => {
  const release = '6.8.0-88-generic'
  const texts: { readonly [option: string]: string } = {
    '-r': release,
    '-n': process.hostname,
    '-m': 'x86_64',
    '-a': `Linux ${process.hostname} ${release} #89-Ubuntu SMP PREEMPT_DYNAMIC x86_64 GNU/Linux`,
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
