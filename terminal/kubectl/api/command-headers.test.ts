import { expect, it } from 'vitest'
import { commandHeaders } from './command-headers.ts'

it('names the command, unless the environment forbids it', () => {
  expect(commandHeaders(new Map(), ['kubectl', 'create', 'role'])).toEqual({
    'kubectl-command': 'kubectl create role',
    'kubectl-session': expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
  for (const value of ['0', 'false'])
    expect(commandHeaders(new Map([['KUBECTL_COMMAND_HEADERS', value]]), [])).toEqual({})
})
