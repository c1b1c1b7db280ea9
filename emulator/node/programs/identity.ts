import { simpleProgram } from './text-program.ts'

/** whoami: containers of the emulated images run as root. */
export const whoami = simpleProgram('whoami', (process) => {
  process.out('root\n')
  return 0
})

/** id [-u] */
export const id = simpleProgram('id', (process) => {
  process.out(process.argv[1] === '-u' ? '0\n' : 'uid=0(root) gid=0(root) groups=0(root)\n')
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
