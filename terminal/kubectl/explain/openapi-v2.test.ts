import { expect, it } from 'vitest'
import { replay } from '../testing/replay.ts'

it('lays out types and fields as kubectl did before OpenAPI v3', async () => {
  const shell = replay('explain')
  const explain = (words: string) => shell.text(`kubectl explain ${words} --output=plaintext-openapiv2`)
  const ports = await explain('svc.spec.ports')
  expect(
    ports.startsWith('KIND:     Service\nVERSION:  v1\n\nRESOURCE: ports <[]Object>\n\nDESCRIPTION:\n     The list'),
  ).toBe(true)
  expect(ports).toContain('\nFIELDS:\n   appProtocol\t<string>\n     The application')
  expect(ports).toContain('\n   port\t<integer> -required-\n')
  expect(await explain('svc.spec.selector')).toContain('\nFIELD:    selector <map[string]string>\n')
  expect(await explain('svc.spec --recursive')).toContain('\n   ports\t<[]Object>\n      appProtocol\t<string>\n')
  expect(await explain('svc.nosuch.foo')).toBe('error: field "nosuch" does not exist\n')
  expect(await shell.text('kubectl explain svc --output=foo')).toBe('error: unrecognized format: foo\n')
})
