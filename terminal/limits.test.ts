import { describe, expect, test } from 'vitest'
import { createTypist } from './testing/typist.ts'

describe('a line that would never end', () => {
  test('a fork bomb runs out, and the terminal goes on', async () => {
    const typist = await createTypist({ rows: 40 })
    await typist.typeUntil(':(){ :|:& };:\r', 'fork: Resource temporarily unavailable')
    await typist.type('\x03')
    await typist.typeUntil('clear; unset -f :; sleep 1 & wait; echo still here\r', '\nstill here')
    expect(typist.screen()).not.toContain('Resource temporarily unavailable')
  })

  test.each([
    [`x='eval "$x"; eval "$x"'; eval "$x"`, 'stopped: one line may use eval 2000 times'],
    ["echo './z; ./z' > z; chmod +x z; ./z", 'stopped: scripts call each other more than 24 deep'],
    ['f() { f; f; }; f', 'stopped: functions call each other more than 100 deep'],
    ['x=a; while true; do x=$x$x; done', 'stopped: the line needs more memory or work than one line may use'],
    [
      "awk 'BEGIN { for (i = 0; i < 4999; i++) for (j = 0; j < 4999; j++) x++ }'",
      'awk: stopped: the program needs more time',
    ],
    ["awk 'function f() { return f() + f() } BEGIN { for (;;) f() }'", 'awk: '],
    ["seq 9000 | sed ':a; s/^/x/; /x\\{900\\}/!ta'", 'sed: stopped: the '],
    ["awk 'BEGIN { while (1) x++ }'", 'while loop exceeded maximum iterations'],
    ["echo a | sed ':a; s/a/aa/; ta'", 'command execution exceeded maximum iterations'],
  ])('%s', async (line, message) => {
    const typist = await createTypist({ rows: 40, columns: 120 })
    await typist.typeUntil(`${line}\r`, message)
    await typist.typeUntil("clear; eval 'echo still here'\r", 'still here\nlearner@')
  })
})
