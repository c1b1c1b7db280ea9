import { simpleProgram } from './text-program.ts'

/** hostname [-i|-f|-s]: the Pod's name, its address, its name with the subdomain from /etc/hosts. */
export const hostname = simpleProgram('hostname', (process) => {
  const [, option] = process.argv
  const line = (process.files.read('/etc/hosts') ?? '')
    .split('\n')
    .map((text) => text.trim().split(/\s+/))
    .find((words) => words.slice(1).includes(process.hostname))
  if (option === '-i' || option === '-I') process.out(`${line?.[0] ?? '127.0.0.1'}\n`)
  else if (option === '-f') process.out(`${line?.[1] ?? process.hostname}\n`)
  else process.out(`${process.hostname}\n`)
  return 0
})
