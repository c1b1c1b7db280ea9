import { defineCommand } from '../types.ts'
import { KERNEL_RELEASE, KERNEL_VERSION } from './system.ts'

export const uname = defineCommand({
  name: 'uname',
  summary: 'Show the system’s name and kernel',
  async run({ argv, place, out, err, hasProgram }) {
    // What the kernel does not tell, Ubuntu's own uname fills in; other builds leave it out.
    const fillsIn = place.kind === 'machine'
    const parts: readonly (readonly [letter: string, text: string])[] = [
      ['s', 'Linux'],
      ['n', place.name],
      ['r', KERNEL_RELEASE],
      ['v', KERNEL_VERSION],
      ['m', 'x86_64'],
      ...(fillsIn
        ? ([
            ['p', 'x86_64'],
            ['i', 'x86_64'],
          ] as const)
        : []),
      ['o', !fillsIn && hasProgram('apk') ? 'Linux' : 'GNU/Linux'],
    ]
    const letters = argv.slice(1).join('').replaceAll('-', '') || 's'
    const wrong = [...letters].find((letter) => letter !== 'a' && !parts.some(([known]) => known === letter))
    if (wrong !== undefined) {
      err(`uname: invalid option -- '${wrong}'\nTry 'uname --help' for more information.\n`)
      return 1
    }
    const shown = parts.filter(([letter]) => letters.includes(letter) || letters.includes('a'))
    out(`${shown.map(([, text]) => text).join(' ')}\n`)
    return 0
  },
})
