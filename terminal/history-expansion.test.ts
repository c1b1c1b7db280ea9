import { expect, it } from 'vitest'
import { expandHistory } from './history-expansion.ts'

const HISTORY = ['ls /tmp', 'kubectl get svc web']

it.each([
  ['sudo !!', 'sudo kubectl get svc web'],
  ['echo !$', 'echo web'],
  ['!ls', 'ls /tmp'],
  ['!1 -l', 'ls /tmp -l'],
  ['!-2', 'ls /tmp'],
])('%s', (line, expanded) => {
  expect(expandHistory(line, HISTORY)).toEqual({ kind: 'expanded', line: expanded })
})

it.each(['echo hi!', "echo '!!'", 'echo $!', 'echo [!a]', 'echo \\!ls', 'a != b'])('leaves %s alone', (line) => {
  expect(expandHistory(line, HISTORY)).toEqual({ kind: 'same' })
})

it('says which event there is not', () => {
  expect(expandHistory('!nope', HISTORY)).toEqual({ kind: 'missing', event: '!nope' })
})
