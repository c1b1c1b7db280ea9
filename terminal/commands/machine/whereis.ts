import { onMachine } from './on-machine.ts'

const DIRECTORIES = ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin', '/opt/cni/bin']

/** util-linux' `whereis`: where programs lie, as files of the machine. */
export const whereis = onMachine('whereis', 'Show where a program lies', ({ argv, out, err }, { files }) => {
  const names = argv.slice(1).filter((word) => !word.startsWith('-'))
  if (names.length === 0) {
    err('whereis: not enough arguments\n')
    return 1
  }
  for (const name of names) {
    const found = DIRECTORIES.map((directory) => `${directory}/${name}`).filter(
      (path) => files.stat(path) !== undefined,
    )
    out(`${name}:${found.map((path) => ` ${path}`).join('')}\n`)
  }
  return 0
})
